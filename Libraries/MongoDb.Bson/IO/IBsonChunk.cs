namespace MongoDB.Bson.IO;

/// <summary>A piece of memory that several owners may hold; it goes back to its pool after the last of them.</summary>
public interface IBsonChunk : IDisposable
{
    ArraySegment<byte> Bytes { get; }

    /// <summary>Another owner of the same memory.</summary>
    IBsonChunk Fork();
}
