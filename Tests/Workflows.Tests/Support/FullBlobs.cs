using ImageLibrary.Core;
using ImageLibrary.Storage.Files;

namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>The real cache folder, whose disk can turn out to be full when what was written shall become durable, as some tell only then.</summary>
internal sealed class FullBlobs(FileBlobStore inner) : IBlobStore, IDisposable
{
    private int full;

    public string RootPath => inner.RootPath;

    /// <summary>Lets the next sync fail.</summary>
    public void FailNextSync() => Volatile.Write(ref full, 1);

    public void Write(string name, ReadOnlySpan<byte> content) => inner.Write(name, content);

    public byte[]? Read(string name) => inner.Read(name);

    public FileStream? Open(string name) => inner.Open(name);

    public long? Length(string name) => inner.Length(name);

    public void Delete(string name) => inner.Delete(name);

    public void Sync()
    {
        if (Interlocked.Exchange(ref full, 0) == 1)
        {
            throw new DiskFullException(RootPath);
        }
        inner.Sync();
    }

    public long FreeBytes() => inner.FreeBytes();

    public void Dispose() => inner.Dispose();
}
