using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>Reads pictures whole into one buffer of its own, and keeps the last archive open. For one thread.</summary>
internal sealed class PictureReader(IArchiveOpener archives) : IDisposable
{
    private const int Smallest = 1 << 20;

    // A giant must not keep its memory until the end.
    private const int Largest = 64 << 20;

    private byte[] _buffer = [];
    private string? _archivePath;
    private IArchive? _archive;

    /// <summary>Reads one picture.</summary>
    /// <returns>Its bytes, valid until the next call.</returns>
    /// <exception cref="SourceException">It cannot be read.</exception>
    internal ReadOnlySpan<byte> Read(RenderSource source)
    {
        if (source.Failure is { } failure)
        {
            throw new SourceException(failure);
        }

        try
        {
            using var stream = source.Entry is { } entry
                ? Archive(source.Path).OpenEntry(entry)
                : new FileStream(source.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return source.Entry is { Size: < 0 } ? ReadToEnd(stream) : Read(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(Failure(e), e);
        }
    }

    /// <summary>What the operating system's refusal means for a picture.</summary>
    internal static ImageFailure Failure(Exception exception) => ImageFailure.Of(
        exception is UnauthorizedAccessException ? FailureClass.Permission : FailureClass.IoError);

    public void Dispose() => _archive?.Dispose();

    private ReadOnlySpan<byte> Read(Stream stream)
    {
        if (stream.Length > Array.MaxLength)
        {
            throw new SourceException(ImageFailure.Of(FailureClass.TooLarge));
        }

        var expected = (int)stream.Length;
        if (_buffer.Length < expected || _buffer.Length > Math.Max(Largest, expected))
        {
            _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(Smallest, expected + expected / 4));
        }

        var read = stream.ReadAtLeast(_buffer.AsSpan(0, expected), expected, throwOnEndOfStream: false);
        return _buffer.AsSpan(0, read);
    }

    // Few archives keep the size of an entry to its end.
    private ReadOnlySpan<byte> ReadToEnd(Stream stream)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        _buffer = content.GetBuffer();
        return _buffer.AsSpan(0, (int)content.Length);
    }

    private IArchive Archive(string path)
    {
        if (_archivePath != path)
        {
            _archive?.Dispose();
            _archivePath = null;
            _archive = archives.Open(path);
            _archivePath = path;
        }

        return _archive!;
    }
}
