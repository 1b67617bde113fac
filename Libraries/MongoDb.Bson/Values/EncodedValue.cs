using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>The bytes of a document or array, and what was decoded of them and shares them.</summary>
internal sealed class EncodedValue : IDisposable
{
    private IByteBuffer _slice;

    /// <exception cref="ArgumentException">The bytes may change.</exception>
    public EncodedValue(IByteBuffer slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        _slice = slice.IsReadOnly ? slice : throw new ArgumentException("The slice must be read-only.", nameof(slice));
    }

    /// <summary>The bytes; null once they were given back.</summary>
    public IByteBuffer Slice => _slice;

    /// <summary>Documents and arrays within it, which are disposed of with it.</summary>
    public List<IDisposable> Children { get; } = [];

    /// <summary>The same bytes once more.</summary>
    public IByteBuffer Share() => _slice.GetSlice(0, _slice.Length);

    /// <summary>Bytes that stay when these are given back.</summary>
    public IByteBuffer Copy() => new ByteArrayBuffer(_slice.ToArray(), isReadOnly: true);

    /// <summary>Gives the bytes back; what shares them keeps them.</summary>
    public void Release()
    {
        _slice?.Dispose();
        _slice = null;
    }

    public void Dispose()
    {
        Release();
        Children.ForEach(child => child.Dispose());
    }
}
