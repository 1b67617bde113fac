namespace ImageLibrary.Core;

/// <summary>Holds the derivatives' files of one cache folder. Methods are synchronous: they run on rendering threads.</summary>
public interface IBlobStore
{
    /// <summary>Absolute path of the cache folder.</summary>
    string RootPath { get; }

    /// <summary>Writes a file under a temporary name and renames it, so that a file under its final name is complete.</summary>
    /// <param name="name">Name within the folder; see <see cref="DerivativeName"/>.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="DiskFullException">No space, quota or inodes are left, but for a reserve that the databases need.</exception>
    /// <exception cref="IOException">Writing failed for another reason.</exception>
    void Write(string name, ReadOnlySpan<byte> content);

    /// <summary>Reads a whole file, or returns null when there is none.</summary>
    /// <param name="name">Name within the folder.</param>
    byte[]? Read(string name);

    /// <summary>Opens a file for reading, or returns null when there is none.</summary>
    /// <param name="name">Name within the folder.</param>
    FileStream? Open(string name);

    /// <summary>Length in bytes, or null when there is no such file.</summary>
    /// <param name="name">Name within the folder.</param>
    long? Length(string name);

    /// <summary>Removes a file; nothing happens when there is none.</summary>
    /// <param name="name">Name within the folder.</param>
    void Delete(string name);

    /// <summary>Makes everything written so far durable, by one syncfs.</summary>
    void Sync();

    /// <summary>Bytes that may still be written, without the reserve.</summary>
    long FreeBytes();
}
