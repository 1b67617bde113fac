using MongoDB.Bson.IO;

namespace ImageLibrary.Tests.MongoDb.Bson;

/// <summary>Chunks of a few bytes, which put nearly every value across a border.</summary>
internal sealed class SmallChunks : IBsonChunkSource
{
    private int _count;

    public IBsonChunk GetChunk(int requestedSize) => new ByteArrayChunk(1 + (_count++ % 7));

    public void Dispose() { }
}
