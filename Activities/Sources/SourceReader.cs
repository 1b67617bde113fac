using System.Buffers;
using System.IO.Hashing;
using ImageLibrary.Core;
using Microsoft.Win32.SafeHandles;

namespace ImageLibrary.Activities;

/// <summary>Reads pictures of one collection, from its folder or its archive. Sources are only ever opened for reading.</summary>
public sealed class SourceReader : IDisposable
{
    private const int FirstGuess = 1 << 20;
    private readonly string root;
    private readonly Lazy<bool> leadsElsewhere;
    private readonly IArchiveOpener archives;
    private readonly CollectionKind kind;
    private readonly IImageRenderer renderer;
    private readonly RenderSettings settings;
    private volatile OpenArchive current = new();

    /// <summary>Creates a reader; nothing is opened yet.</summary>
    /// <param name="library">The library.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="archives">Opens archives.</param>
    /// <param name="renderer">Knows by the first bytes of a large file whether the rest is worth reading.</param>
    /// <param name="settings">How large a file may be.</param>
    public SourceReader(Library library, Collection collection, IArchiveOpener archives, IImageRenderer renderer, RenderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(collection);
        root = Posix.RealPath(library.RootPath) ?? library.RootPath;
        Path = LibraryPaths.Absolute(library.RootPath, collection.Path);
        kind = collection.Kind;
        // Once for all pictures, and only when one is read: the disk may be slow to answer.
        leadsElsewhere = new Lazy<bool>(() => LibraryPaths.LeadsElsewhere(root, collection.Path, kind));
        this.archives = archives;
        this.renderer = renderer;
        this.settings = settings;
    }

    /// <summary>Absolute path of the folder or archive.</summary>
    public string Path { get; }

    /// <summary>Reads a whole picture into a pooled buffer.</summary>
    /// <param name="image">The image.</param>
    /// <exception cref="SourceException">It cannot be read; the message says why.</exception>
    public SourceContent Read(ImageRecord image)
    {
        ArgumentNullException.ThrowIfNull(image);
        RefuseLinks();
        try
        {
            return kind == CollectionKind.Folder ? ReadFile(System.IO.Path.Combine(Path, image.Path)) : ReadEntry(image);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new SourceException(ImageFailure.Of(FailureClass.Permission), exception);
        }
        catch (IOException exception)
        {
            throw new SourceException(ImageFailure.Of(FailureClass.IoError), exception);
        }
        catch (Exception exception) when (PictureFault.IsOfContent(exception))
        {
            throw PictureFault.Of(exception);
        }
    }

    /// <summary>Starts to read the archive from its beginning to its end.</summary>
    /// <exception cref="SourceException">It cannot be read; the message says why.</exception>
    public IArchivePass OpenPass()
    {
        RefuseLinks();
        try
        {
            return archives.OpenPass(Path);
        }
        catch (Exception exception) when (PictureFault.IsOfContent(exception))
        {
            throw PictureFault.Of(exception);
        }
    }

    /// <summary>Takes a new look at the archive, because a read of it hangs.</summary>
    public void Reopen() => current = new OpenArchive();

    /// <summary>Closes the archive.</summary>
    public void Dispose() => current.Archive?.Dispose();

    // The folder or archive may have been replaced by a link since it was listed.
    private void RefuseLinks()
    {
        if (leadsElsewhere.Value)
        {
            throw new SourceException(new ImageFailure(
                FailureClass.UnsafePath, "A link has taken the place of the folder or archive, and leads elsewhere; it was not followed."));
        }
    }

    private SourceContent ReadFile(string file)
    {
        if (new FileInfo(file).LinkTarget is not null && !(Posix.RealPath(file) is { } real && LibraryPaths.IsBeneath(real, root)))
        {
            throw new SourceException(ImageFailure.Of(FailureClass.UnsafePath));
        }
        if (new FileInfo(file).Length == 0)
        {
            // Pipes, sockets and devices look like this too, and opening one of them may never return.
            throw new SourceException(ImageFailure.Of(FailureClass.Empty));
        }
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(handle);
        var modified = (File.GetLastWriteTimeUtc(handle) - DateTime.UnixEpoch).Ticks;
        if (IsLarge(length))
        {
            var first = ArrayPool<byte>.Shared.Rent(FirstLook.Bytes);
            try
            {
                FirstLook.RefuseOtherContent(renderer, first.AsSpan(0, Fill(handle, first.AsSpan(0, FirstLook.Bytes))));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(first);
            }
        }
        var buffer = Rent(length);
        try
        {
            return new SourceContent(buffer, Fill(handle, buffer.AsSpan(0, (int)length)), modified);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static int Fill(SafeFileHandle file, Span<byte> buffer)
    {
        var read = 0;
        while (read < buffer.Length && RandomAccess.Read(file, buffer[read..], read) is > 0 and var count)
        {
            read += count;
        }
        return read;
    }

    // Beyond the largest, nothing is read.
    private bool IsLarge(long length) => length > settings.IsolatedFileBytes && length <= settings.MaxFileBytes;

    // An archive is read by one thread at a time; decoding, which takes most of the time, goes on beside it.
    private SourceContent ReadEntry(ImageRecord image)
    {
        var open = current;
        lock (open.Gate)
        {
            open.Archive ??= archives.Open(Path);
            open.Entries ??= open.Archive.Entries.ToDictionary(entry => (entry.Path, entry.Occurrence));
            if (!open.Entries.TryGetValue((image.Path, image.Occurrence), out var entry))
            {
                throw new SourceException(new ImageFailure(FailureClass.IoError, "The archive does not hold the entry any more."));
            }
            if (entry.Failure is not null)
            {
                throw new SourceException(entry.Failure);
            }
            using var stream = open.Archive.OpenEntry(entry);
            return ReadStream(stream, entry.Size, entry.Modified);
        }
    }

    /// <summary>Reads an entry to its end.</summary>
    /// <param name="stream">The entry.</param>
    /// <param name="size">Bytes; -1 when unknown.</param>
    /// <param name="modified">Modification time in 100 ns ticks since the Unix epoch.</param>
    internal SourceContent ReadStream(Stream stream, long size, long modified)
    {
        var damaged = false;
        var buffer = Rent(size >= 0 && !IsLarge(size) ? size : FirstGuess);
        try
        {
            var read = 0;
            if (IsLarge(size))
            {
                read = EntryReader.Fill(stream, buffer.AsSpan(0, (int)Math.Min(size, FirstLook.Bytes)), ref damaged);
                FirstLook.RefuseOtherContent(renderer, buffer.AsSpan(0, read));
                buffer = Exchange(buffer, read, size);
            }
            read += EntryReader.Fill(stream, buffer.AsSpan(read, (size >= 0 ? (int)size : buffer.Length) - read), ref damaged);
            if (size >= 0)
            {
                EntryReader.Finish(stream, ref damaged);
            }
            while (size < 0 && read == buffer.Length)
            {
                buffer = Exchange(buffer, read, read < settings.MaxFileBytes ? Math.Min(2L * read, settings.MaxFileBytes) : read + 1L);
                read += EntryReader.Fill(stream, buffer.AsSpan(read), ref damaged);
            }
            return read > 0 ? new SourceContent(buffer, read, modified) { Damaged = damaged } : throw new SourceException(ImageFailure.Of(FailureClass.Empty));
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private byte[] Exchange(byte[] buffer, int read, long length)
    {
        var larger = Rent(length);
        buffer.AsSpan(0, read).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private byte[] Rent(long length) =>
        length == 0 ? throw new SourceException(ImageFailure.Of(FailureClass.Empty))
        : length > settings.MaxFileBytes ? throw new SourceException(PictureFault.TooLarge(settings.MaxFileBytes))
        : ArrayPool<byte>.Shared.Rent((int)length);

    private sealed class OpenArchive
    {
        public Lock Gate { get; } = new();

        public IArchive? Archive { get; set; }

        public Dictionary<(string Path, int Occurrence), ArchiveEntry>? Entries { get; set; }
    }
}

/// <summary>A picture's bytes.</summary>
/// <param name="buffer">Pooled buffer.</param>
/// <param name="length">Bytes of it that count.</param>
/// <param name="modified">Modification time in 100 ns ticks since the Unix epoch.</param>
public sealed class SourceContent(byte[] buffer, int length, long modified) : IDisposable
{
    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>Modification time in 100 ns ticks since the Unix epoch.</summary>
    public long Modified => modified;

    /// <summary>Whether they are known not to be what they were, by the checksum that an archive keeps of them.</summary>
    public bool Damaged { get; init; }

    /// <summary>Hash of the bytes, 32 hexadecimal digits.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(XxHash128.Hash(buffer.AsSpan(0, length)));

    /// <summary>Returns the buffer.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
