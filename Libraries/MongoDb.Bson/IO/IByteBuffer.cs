namespace MongoDB.Bson.IO;

/// <summary>Bytes in one or several pieces of memory.</summary>
public interface IByteBuffer : IDisposable
{
    int Capacity { get; }

    bool IsReadOnly { get; }

    int Length { get; set; }

    /// <summary>The memory from a position to the end of the piece that holds it.</summary>
    ArraySegment<byte> AccessBackingBytes(int position);

    void Clear(int position, int count);

    void EnsureCapacity(int minimumCapacity);

    byte GetByte(int position);

    void GetBytes(int position, byte[] destination, int offset, int count);

    /// <summary>A read-only part that shares the memory. The buffer must be read-only.</summary>
    IByteBuffer GetSlice(int position, int length);

    void MakeReadOnly();

    void SetByte(int position, byte value);

    void SetBytes(int position, byte[] source, int offset, int count);
}
