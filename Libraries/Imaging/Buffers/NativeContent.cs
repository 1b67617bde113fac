using System.Buffers;

namespace ImageLibrary.Imaging.Buffers;

/// <summary>An encoded picture in pooled native memory.</summary>
internal sealed unsafe class NativeContent(NativeBuffer buffer, int length) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => buffer.Span(length);

    /// <summary>The memory never moves, so there is nothing to pin.</summary>
    public override MemoryHandle Pin(int elementIndex = 0) => new(buffer.Pointer + elementIndex);

    public override void Unpin()
    {
    }

    /// <summary>A copy of some bytes.</summary>
    internal static NativeContent Copy(NativeBufferPool pool, ReadOnlySpan<byte> content)
    {
        var copy = pool.Rent((nuint)content.Length);
        content.CopyTo(copy.Span(content.Length));
        return new NativeContent(copy, content.Length);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            buffer.Dispose();
        }
    }
}
