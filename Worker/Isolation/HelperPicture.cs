using System.Runtime.InteropServices;
using ImageLibrary.Core;

namespace ImageLibrary.Worker.Isolation;

/// <summary>A picture that came through the pipe, in native memory: the managed heap of the helper is small.</summary>
internal sealed unsafe class HelperPicture : IDisposable
{
    private readonly byte* source;
    private readonly int length;

    private HelperPicture(int length, IReadOnlyList<DerivativeSpec> specs)
    {
        source = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, length));
        this.length = length;
        Specs = specs;
    }

    public IReadOnlyList<DerivativeSpec> Specs { get; }

    public ReadOnlySpan<byte> Source => new(source, length);

    public void Dispose() => NativeMemory.Free(source);

    /// <exception cref="EndOfStreamException">The parent is gone.</exception>
    /// <exception cref="InvalidDataException">It is no picture.</exception>
    internal static HelperPicture Read(Stream input)
    {
        var request = HelperMessages.Read<HelperRequest>(input);
        if (request.SourceLength is < 0 or > int.MaxValue)
        {
            throw new InvalidDataException("The parent sent no picture.");
        }
        var picture = new HelperPicture((int)request.SourceLength, request.Specs);
        input.ReadExactly(new Span<byte>(picture.source, picture.length));
        return picture;
    }
}
