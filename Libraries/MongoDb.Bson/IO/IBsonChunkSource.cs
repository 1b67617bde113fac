namespace MongoDB.Bson.IO;

/// <summary>Gives out chunks.</summary>
public interface IBsonChunkSource : IDisposable
{
    /// <summary>A chunk that may be larger or smaller than requested, but not empty.</summary>
    IBsonChunk GetChunk(int requestedSize);
}
