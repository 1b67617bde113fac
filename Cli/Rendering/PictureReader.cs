using ImageLibrary.Activities;
using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>Reads pictures whole into one buffer of its own. For one thread.</summary>
/// <param name="archives">Opens archives.</param>
/// <param name="buffers">Bounds what all readers hold together.</param>
/// <param name="maxFileBytes">Larger files are refused before they are read.</param>
internal sealed class PictureReader(IArchiveOpener archives, BufferGate buffers, long maxFileBytes) : IDisposable
{
    private const int Smallest = 1 << 20;

    // A giant must not keep its memory until the end.
    private const int Largest = 64 << 20;

    private readonly LastArchive _archive = new(archives);
    private byte[] _buffer = [];
    private int _length;
    private long? _held;
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
            if (source.Entry is null && new FileInfo(source.Path).Length == 0)
            {
                throw new SourceException(ImageFailure.Of(FailureClass.Empty));
            }

            using var stream = source.Entry is { } entry
                ? archive.Open(source.Path, cancellationToken).OpenEntry(entry, cancellationToken)
                : new FileStream(source.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            _length = source.Entry is { Size: < 0 } ? ReadToEnd(stream) : Read(stream);
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
        if (_held is { } size)
        {
            _held = null;
            buffers.Release(size);
        }
    }

    /// <summary>What the operating system's refusal, or an archive's surprise, means for a picture.</summary>
    internal static ImageFailure Failure(Exception exception) => exception switch
    {
        UnauthorizedAccessException => ImageFailure.Of(FailureClass.Permission),
        IOException => ImageFailure.Of(FailureClass.IoError),
        _ => PictureFault.Of(exception).Failure,
    };

    public void Dispose() => _archive.Dispose();

    private int Read(Stream stream)
    {
        if (stream.Length > maxFileBytes)
        {
            throw new SourceException(PictureFault.TooLarge(maxFileBytes));
        }

        var expected = (int)stream.Length;
        Hold(expected);
        if (_buffer.Length < expected || _buffer.Length > Math.Max(Largest, expected))
        {
            _buffer = GC.AllocateUninitializedArray<byte>(expected > Largest ? expected : Math.Max(Smallest, expected + expected / 4));
        }

        var read = EntryReader.Fill(stream, _buffer.AsSpan(0, expected), ref _damaged);
        EntryReader.Finish(stream, ref _damaged);
        return read;
    }

    // Few archives keep the size of an entry to its end.
    private int ReadToEnd(Stream stream)
    {
        Hold(Smallest);
        var length = 0;
        while (length <= maxFileBytes)
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, (int)Math.Clamp(2L * length, Smallest, maxFileBytes + 1));
            }

            var room = _buffer.AsSpan(length);
            var read = EntryReader.Fill(stream, room, ref _damaged);
            length += read;
            if (read < room.Length)
            {
                return length;
            }
        }

        throw new SourceException(PictureFault.TooLarge(maxFileBytes));
    }

    private void Hold(long size)
    {
        // The thread is this reader's own, so that it may block.
        _ = buffers.TakeAsync(buffers.NextTurn(), size, CancellationToken.None).GetAwaiter().GetResult();
        _held = size;
    }
}
