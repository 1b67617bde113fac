using System.Runtime.InteropServices;
using ImageLibrary.Imaging.Native;

namespace ImageLibrary.Imaging.Png;

/// <summary>An instance of libdeflate's decompressor.</summary>
internal sealed unsafe class PngInflater : SafeHandle
{
    internal PngInflater()
        : base(0, ownsHandle: true)
    {
        SetHandle(DeflateNative.AllocateDecompressor());
        if (IsInvalid)
        {
            throw new InsufficientMemoryException();
        }
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Unpacks a zlib stream that must have exactly the length of <paramref name="target"/>.</summary>
    internal bool TryInflate(ReadOnlySpan<byte> stream, Span<byte> target)
    {
        fixed (byte* from = stream, to = target)
        {
            return DeflateNative.Decompress(this, from, (nuint)stream.Length, to, (nuint)target.Length, actualLength: null) == 0;
        }
    }

    protected override bool ReleaseHandle()
    {
        DeflateNative.FreeDecompressor(handle);
        return true;
    }
}
