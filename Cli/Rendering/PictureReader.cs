using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>Reads pictures whole into one buffer of its own. For one thread.</summary>
internal sealed class PictureReader(IArchiveOpener archives) : IDisposable
{
    private const int Smallest = 1 << 20;

    // A giant must not keep its memory until the end.
    private const int Largest = 64 << 20;

    private readonly LastArchive _archive = new(archives);
    private byte[] _buffer = [];
    private int _length;
    private SourceException? _failure;

    /// <summary>The picture that was loaded last, until another is.</summary>
    /// <exception cref="SourceException">It could not be read.</exception>
    internal ReadOnlySpan<byte> Content => _failure is null ? _buffer.AsSpan(0, _length) : throw _failure;

    /// <summary>Loads a picture.</summary>
    internal void Load(RenderSource source) => Load(source, _archive);

    /// <summary>Loads a picture from an archive that several readers share; by one of them at a time.</summary>
    internal void Load(RenderSource source, LastArchive archive)
    {
        (_failure, _length) = (null, 0);
        try
        {
            if (source.Failure is { } failure)
            {
                throw new SourceException(failure);
            }

            // A named pipe has no length either, and opening one would wait for whoever writes to it.
            if (source.Entry is null && new FileInfo(source.Path).Length == 0)
            {
                throw new SourceException(ImageFailure.Of(FailureClass.Empty));
            }

            using var stream = source.Entry is { } entry
                ? archive.Open(source.Path).OpenEntry(entry)
                : new FileStream(source.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            _length = source.Entry is { Size: < 0 } ? ReadToEnd(stream) : Read(stream);
        }
        catch (SourceException e)
        {
            _failure = e;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failure = new SourceException(Failure(e), e);
        }
    }

    /// <summary>What the operating system's refusal means for a picture.</summary>
    internal static ImageFailure Failure(Exception exception) => ImageFailure.Of(
        exception is UnauthorizedAccessException ? FailureClass.Permission : FailureClass.IoError);

    public void Dispose() => _archive.Dispose();

    private int Read(Stream stream)
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

        return stream.ReadAtLeast(_buffer.AsSpan(0, expected), expected, throwOnEndOfStream: false);
    }

    // Few archives keep the size of an entry to its end.
    private int ReadToEnd(Stream stream)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        _buffer = content.GetBuffer();
        return (int)content.Length;
    }
}
