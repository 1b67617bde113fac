using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ImageLibrary.Archives.Native;
using ImageLibrary.Core;

namespace ImageLibrary.Archives;

/// <summary>A reader of libarchive on one file, and the meaning of its errors.</summary>
internal sealed unsafe class LibArchiveReader : IDisposable
{
    private const int BlockSize = 128 << 10;
    private const int NoMemory = 12;
    private const int InputOutputError = 5;
    private const int StaleHandle = 116;

    private readonly ArchiveHandle _archive;

    // libarchive looks into the format without checking that one was recognised.
    private bool _formatKnown;

    private GzipSource? _gzip;

    // In the current entry; the block is libarchive's own memory, until the next call.
    private long _position;
    private nint _block;
    private long _blockOffset;
    private long _blockLength;

    // To skip content means to unpack it.
    private readonly bool _skipsSlowly;
    private bool _inEntry;

    private LibArchiveReader(ArchiveHandle archive, ArchiveFormat format)
    {
        _archive = archive;
        _skipsSlowly = format is ArchiveFormat.TarGzip or ArchiveFormat.TarBzip2 or ArchiveFormat.TarXz;
    }

    /// <summary>Whether the checksum of the current entry was found wrong, which its reader tells with the last of the content.</summary>
    internal bool IsChecksumWrong { get; private set; }

    /// <summary>Where the header of the current entry was looked for.</summary>
    internal long HeaderPosition => ArchiveNative.HeaderPosition(_archive);

    /// <summary>Bytes of the file that were read so far.</summary>
    internal long CompressedBytes => _gzip?.CompressedBytes ?? ArchiveNative.FilterBytes(_archive, -1);

    /// <exception cref="SourceException">Not readable as this format.</exception>
    /// <exception cref="IOException">The disk does not answer.</exception>
    internal static LibArchiveReader Open(string path, ArchiveFormat format)
    {
        var reader = new LibArchiveReader(Create(), format);
        try
        {
            reader.Support(format);
            if (reader.OpenFile(path, format) != ArchiveNative.Ok)
            {
                throw new SourceException(reader.Fault());
            }

            reader._formatKnown = true;
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private int OpenFile(string path, ArchiveFormat format)
    {
        if (format != ArchiveFormat.TarGzip)
        {
            return ArchiveNative.Open(_archive, path, BlockSize);
        }

        _gzip = new GzipSource(path);
        return _gzip.Open(_archive);
    }

    /// <summary>Goes to the next header, whatever it is of.</summary>
    /// <returns>The entry, valid until the next call; null at the end.</returns>
    /// <exception cref="SourceException">Nothing can be read from here on.</exception>
    internal EntryHeader? Next()
    {
        using var locale = Utf8Locale.Enter();
        (IsChecksumWrong, _position, _blockOffset, _blockLength) = (false, 0, 0, 0);
        var status = ArchiveNative.NextHeader(_archive, out var entry);
        _inEntry = status is ArchiveNative.Ok or ArchiveNative.Warn;
        return status switch
        {
            ArchiveNative.EndOfArchive => null,

            // A warning, such as about a name that cannot be converted, comes with a usable entry.
            ArchiveNative.Ok or ArchiveNative.Warn => Describe(entry),
            _ => throw new SourceException(Fault()),
        };
    }

    /// <summary>Whether the checksum of the whole archive is wrong, where it has one that its reader does not come to; at its end.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="IOException">The disk does not answer.</exception>
    internal bool EndsWithWrongChecksum(CancellationToken cancellationToken) => _gzip?.EndsWithWrongChecksum(cancellationToken) == true;

    /// <summary>
    /// Skips what is left of the current entry where that takes long; otherwise <see cref="Next"/> does. The library itself would
    /// not stop before the end of an entry, which may be gigabytes away.
    /// </summary>
    /// <exception cref="SourceException">The entry is damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; there is no way on.</exception>
    internal void Skip(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_inEntry || !_skipsSlowly)
        {
            return;
        }

        int status;
        while ((status = ArchiveNative.ReadBlock(_archive, out _, out _, out _)) is ArchiveNative.Ok or ArchiveNative.Warn)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (status != ArchiveNative.EndOfArchive)
        {
            throw new SourceException(Fault());
        }
    }

    /// <summary>Reads on in the current entry.</summary>
    /// <returns>0 at its end.</returns>
    /// <exception cref="SourceException">The entry is damaged.</exception>
    internal int Read(Span<byte> buffer)
    {
        while (_blockOffset == _position && _blockLength == 0)
        {
            if (!TryNextBlock())
            {
                return 0;
            }
        }

        // Between the blocks of a sparse file lie zeros.
        var isHole = _position < _blockOffset;
        var count = (int)Math.Min(buffer.Length, isHole ? _blockOffset - _position : _blockLength);
        if (isHole)
        {
            buffer[..count].Clear();
        }
        else
        {
            new ReadOnlySpan<byte>((byte*)_block, count).CopyTo(buffer);
            (_block, _blockOffset, _blockLength) = (_block + count, _blockOffset + count, _blockLength - count);
        }

        _position += count;
        return count;
    }

    /// <summary>
    /// Goes on block by block, because a wrong checksum may be told together with the last one; it would be lost with all that
    /// the same call of the simpler function had read before.
    /// </summary>
    private bool TryNextBlock()
    {
        var status = ArchiveNative.ReadBlock(_archive, out var block, out var length, out var offset);
        if (status == ArchiveNative.EndOfArchive)
        {
            return false;
        }

        if (status != ArchiveNative.Ok)
        {
            if (!ErrorText().Contains("CRC", StringComparison.Ordinal))
            {
                throw new SourceException(Fault());
            }

            IsChecksumWrong = true;
            if (length == 0)
            {
                return false;
            }
        }

        if (offset < _position)
        {
            throw ArchiveFailures.Damaged();
        }

        (_block, _blockOffset, _blockLength) = (block, offset, (long)length);
        return true;
    }

    public void Dispose() => _archive.Dispose();

    private static ArchiveHandle Create()
    {
        try
        {
            var archive = ArchiveNative.New();
            return archive.IsInvalid ? throw new SourceException(OutOfMemory()) : archive;
        }
        catch (DllNotFoundException e)
        {
            throw new SourceException(new ImageFailure(
                FailureClass.Unsupported,
                "Archives of this format need libarchive; install it (on Debian the package libarchive13)."), e);
        }
    }

    private static ImageFailure OutOfMemory() => new(FailureClass.TooLarge, "Unpacking the archive needs more memory than there is.");

    private void Support(ArchiveFormat format)
    {
        _ = format switch
        {
            ArchiveFormat.Zip => ArchiveNative.SupportZipForward(_archive),
            ArchiveFormat.ForeignZip => ArchiveNative.SupportZipByDirectory(_archive),
            ArchiveFormat.SevenZip => ArchiveNative.SupportSevenZip(_archive),
            ArchiveFormat.Rar4 => ArchiveNative.SupportRar4(_archive),
            ArchiveFormat.Rar5 => ArchiveNative.SupportRar5(_archive),
            _ => ArchiveNative.SupportTar(_archive),
        };

        // Were the library to find out, it would unpack what is unpacked again and again, and a file of 300 bytes could keep it busy
        // for minutes.
        _ = format switch
        {
            ArchiveFormat.TarBzip2 => ArchiveNative.AppendFilter(_archive, ArchiveNative.FilterBzip2),
            ArchiveFormat.TarXz => ArchiveNative.AppendFilter(_archive, ArchiveNative.FilterXz),
            _ => ArchiveNative.Ok,
        };
    }

    private static EntryHeader Describe(nint entry)
    {
        // A name that is not valid in the character set which its format demands cannot be converted, but is kept as it is.
        var path = ArchiveNative.Path(entry);
        var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(path == null ? ArchiveNative.RawPath(entry) : path);
        var ticks = (Int128)ArchiveNative.Modified(entry) * TimeSpan.TicksPerSecond
            + ArchiveNative.ModifiedNanoseconds(entry) / TimeSpan.NanosecondsPerTick;
        return new EntryHeader(
            EntryNameEncoding.Decode(name).Replace('\\', '/'),
            (int)ArchiveNative.FileType(entry) & ArchiveNative.TypeMask,
            ArchiveNative.HardLink(entry) != null,
            ArchiveNative.HasSize(entry) != 0 ? ArchiveNative.Size(entry) : -1,
            (long)Int128.Clamp(ticks, long.MinValue, long.MaxValue),
            ArchiveNative.IsEncrypted(entry) != 0);
    }

    private string ErrorText() =>
        Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(ArchiveNative.ErrorString(_archive)));

    /// <summary>What the last error means for a person. The text is the library's own and names no file.</summary>
    private ImageFailure Fault()
    {
        if (_gzip?.Fault is { } fault)
        {
            return fault is IOException
                ? throw new IOException($"Reading the archive failed: {fault.Message}", fault)
                : new ImageFailure(FailureClass.Corrupt, "The archive is damaged.");
        }

        var number = ArchiveNative.ErrorNumber(_archive);
        var text = ErrorText();
        if (number is InputOutputError or StaleHandle)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"Reading the archive failed: {text} ({number})."));
        }

        return number == NoMemory ? OutOfMemory()
            : (_formatKnown && ArchiveNative.HasEncryptedEntries(_archive) > 0) || Says("ncrypt") || Says("assphrase")
                ? new ImageFailure(FailureClass.Encrypted, "The archive is encrypted.")
            : Says("runcated") || Says("nexpected end") || Says("Premature end")
                ? new ImageFailure(FailureClass.Truncated, "The archive ends too early; copy it again from its source.")
            : Says("nsupported") || Says("codec ID") || Says("not supported") || Says("Unrecognized archive format")
                ? new ImageFailure(FailureClass.Unsupported, "The archive uses a compression or form that is not supported.")
            : new ImageFailure(FailureClass.Corrupt, "The archive is damaged.");

        bool Says(string part) => text.Contains(part, StringComparison.Ordinal);
    }
}

/// <summary>What a header tells of an entry.</summary>
/// <param name="Path">Name, '/' as separator; empty when the archive has none that can be read.</param>
/// <param name="Type">Bits of the file's type as of stat.</param>
/// <param name="IsHardLink">Another name of an earlier entry.</param>
/// <param name="Size">Bytes, or -1 when unknown.</param>
/// <param name="Modified">In 100 ns ticks since the Unix epoch.</param>
/// <param name="IsEncrypted">The content is encrypted.</param>
internal readonly record struct EntryHeader(string Path, int Type, bool IsHardLink, long Size, long Modified, bool IsEncrypted)
{
    internal bool IsFolder => Type == ArchiveNative.Folder || Path.EndsWith('/');

    internal bool IsLinkOrDevice => IsHardLink || Type is not (ArchiveNative.RegularFile or 0);
}
