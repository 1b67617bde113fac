namespace ImageLibrary.Imaging.Buffers;

/// <summary>Native memory rented from a <see cref="NativeBufferPool"/>; disposing gives it back.</summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    private readonly NativeBufferPool _pool;
    private byte* _memory;

    internal NativeBuffer(NativeBufferPool pool, byte* memory, nuint capacity)
    {
        _pool = pool;
        _memory = memory;
        Capacity = capacity;
    }

    /// <summary>Bytes that may be used; at least what was asked for.</summary>
    internal nuint Capacity { get; }

    internal byte* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            return _memory;
        }
    }

    /// <summary>The first <paramref name="length"/> bytes.</summary>
    internal Span<byte> Span(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((nuint)length, Capacity);
        return new Span<byte>(Pointer, length);
    }

    public void Dispose()
    {
        var memory = _memory;
        _memory = null;
        if (memory is not null)
        {
            _pool.Return(memory, Capacity);
        }
    }
}
