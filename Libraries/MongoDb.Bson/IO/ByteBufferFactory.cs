namespace MongoDB.Bson.IO;

/// <summary>Makes buffers of at least a given size.</summary>
public static class ByteBufferFactory
{
    public static IByteBuffer Create(IBsonChunkSource chunkSource, int minimumCapacity)
    {
        ArgumentNullException.ThrowIfNull(chunkSource);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimumCapacity);
        var first = chunkSource.GetChunk(minimumCapacity);
        if (first.Bytes.Count >= minimumCapacity)
        {
            return new SingleChunkBuffer(first, 0);
        }
        var chunks = new List<IBsonChunk> { first };
        for (var capacity = first.Bytes.Count; capacity < minimumCapacity; capacity += chunks[^1].Bytes.Count)
        {
            chunks.Add(chunkSource.GetChunk(minimumCapacity - capacity));
        }
        return new MultiChunkBuffer(chunks, 0);
    }
}
