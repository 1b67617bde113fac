using ImageLibrary.Activities;
using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>Reads pictures whole, one at a time. For one thread.</summary>
/// <param name="archives">Opens archives.</param>
/// <param name="sources">What all readers share.</param>
/// <param name="renderer">Knows by the first bytes of a large file whether the rest is worth reading.</param>
internal sealed class PictureReader(
    IArchiveOpener archives, SourceMemory sources, IImageRenderer renderer) : IDisposable
{
    private const int Smallest = 1 << 20;

    private readonly LastArchive _archive = new(archives);

    // Until it is given back.
    private byte[]? _buffer;
    private int _length;
    private SourceException? _failure;
    private bool _damaged;

    /// <summary>The picture that was loaded last, until it is released.</summary>
    /// <exception cref="SourceException">It could not be read.</exception>
    internal ReadOnlySpan<byte> Content => _failure is null ? _buffer.AsSpan(0, _length) : throw _failure;

    /// <summary>Whether the content is known not to be what it was, by the checksum that its archive keeps.</summary>
    internal bool Damaged => _damaged;

    /// <summary>Loads a picture; waits until the pictures in work leave room for it.</summary>
    internal void Load(RenderSource source, CancellationToken cancellationToken) => Load(source, _archive, cancellationToken);

    /// <summary>Loads a picture from an archive that several readers share; by one of them at a time.</summary>
    internal void Load(RenderSource source, LastArchive archive, CancellationToken cancellationToken)
    {
        (_failure, _length, _damaged) = (null, 0, false);
        try
        {
            if (source.Failure is { } failure)
            {
                throw new SourceException(failure);
            }

            // A named pipe has no length either, and opening one would wait for whoever writes to it.
            if (source.Entry is { Size: 0 } || (source.Entry is null && new FileInfo(source.Path).Length == 0))
            {
                throw new SourceException(ImageFailure.Of(FailureClass.Empty));
            }

            using var stream = source.Entry is { } entry
                ? archive.Open(source.Path, cancellationToken).OpenEntry(entry, cancellationToken)
                : new FileStream(source.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            _length = source.Entry is { Size: < 0 } ? ReadToEnd(stream, cancellationToken) : Read(stream, source, cancellationToken);
        }
        catch (SourceException e)
        {
            _failure = e;
        }
        catch (OutOfMemoryException e)
        {
            _failure = new SourceException(ImageFailure.Of(FailureClass.TooLarge), e);
        }
        catch (Exception e) when (PictureFault.IsSurprise(e))
        {
            _failure = new SourceException(Failure(e), e);
        }
    }

    /// <summary>Makes room for other pictures.</summary>
    internal void Release()
    {
        if (_buffer is { } held)
        {
            _buffer = null;
            sources.Return(held);
        }
    }

    /// <summary>What the operating system's refusal, or an archive's surprise, means for a picture.</summary>
    internal static ImageFailure Failure(Exception exception) => exception switch
    {
        UnauthorizedAccessException => ImageFailure.Of(FailureClass.Permission),
        IOException => ImageFailure.Of(FailureClass.IoError),
        _ => PictureFault.Of(exception).Failure,
    };

    public void Dispose()
    {
        Release();
        _archive.Dispose();
    }

    private int Read(Stream stream, RenderSource source, CancellationToken cancellationToken)
    {
        if (stream.Length == 0)
        {
            throw new SourceException(ImageFailure.Of(FailureClass.Empty));
        }

        if (stream.Length > sources.MaxFileBytes)
        {
            throw new SourceException(PictureFault.TooLarge(sources.MaxFileBytes));
        }

        var expected = (int)stream.Length;
        var first = sources.IsLarge(expected) ? ReadFirst(stream) : [];
        _buffer = sources.Rent(expected, cancellationToken);
        first.CopyTo(_buffer, 0);
        var read = first.Length + EntryReader.Fill(stream, _buffer.AsSpan(first.Length, expected - first.Length), ref _damaged);
        EntryReader.Finish(stream, ref _damaged);
        return read;
    }

    private byte[] ReadFirst(Stream stream)
    {
        var first = new byte[FirstLook.Bytes];
        var read = EntryReader.Fill(stream, first, ref _damaged);
        FirstLook.RefuseOtherContent(renderer, first.AsSpan(0, read));
        return first[..read];
    }

    // Few archives keep the size of an entry to its end.
    private int ReadToEnd(Stream stream, CancellationToken cancellationToken)
    {
        _buffer = sources.Rent(Smallest, cancellationToken);
        var length = 0;
        while (true)
        {
            var room = _buffer.AsSpan(length);
            var read = EntryReader.Fill(stream, room, ref _damaged);
            length += read;
            if (length > sources.MaxFileBytes)
            {
                throw new SourceException(PictureFault.TooLarge(sources.MaxFileBytes));
            }

            if (read < room.Length)
            {
                return length;
            }

            _buffer = sources.Grow(_buffer, (int)Math.Min(2L * length, sources.MaxFileBytes + 1));
        }
    }
}
