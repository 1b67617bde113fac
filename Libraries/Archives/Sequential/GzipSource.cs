using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ImageLibrary.Archives.Native;

namespace ImageLibrary.Archives;

/// <summary>
/// Unpacks a gzip for libarchive, whose own filter keeps a file in memory as far as the name in its header reaches, which may be
/// all of it. It belongs to its reader, which closes it when the last call has come back: one that hangs may be left behind.
/// </summary>
internal sealed unsafe class GzipSource : IDisposable
{
    private const int BlockSize = 128 << 10;

    // Tars are filled up to some kilobytes behind their end, seldom to more.
    private const long MostBehindTheEnd = 1 << 20;

    private readonly FileStream _file;
    private readonly GzipMembers _content;
    private readonly GCHandle _handle;
    private readonly byte* _block;

    /// <summary>Opens the file.</summary>
    internal GzipSource(string path)
    {
        _file = ArchiveOpener.OpenFile(path, BlockSize, FileOptions.SequentialScan);
        _content = new GzipMembers(_file);
        _block = (byte*)NativeMemory.Alloc(BlockSize);
        _handle = GCHandle.Alloc(this);
    }

    /// <summary>Bytes of the file that were read so far.</summary>
    internal long CompressedBytes => _file.Position;

    /// <summary>Why reading ended early.</summary>
    internal Exception? Fault { get; private set; }

    /// <summary>
    /// Whether what was unpacked is not what was packed. The reader does not go on to the end of the file, where the checksum is; that is
    /// done here, unless much lies between.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="IOException">The disk does not answer.</exception>
    internal bool EndsWithWrongChecksum(CancellationToken cancellationToken)
    {
        try
        {
            var left = MostBehindTheEnd;
            while (left > 0 && _content.Read(new Span<byte>(_block, BlockSize)) is > 0 and var read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                left -= read;
            }
        }
        catch (InvalidDataException)
        {
            return true;
        }

        return _content.IsChecksumWrong;
    }

    /// <summary>Lets a reader read from here.</summary>
    internal int Open(ArchiveHandle archive) => ArchiveNative.Open(archive, GCHandle.ToIntPtr(_handle), null, &Read, &Close);

    public void Dispose()
    {
        NativeMemory.Free(_block);
        _content.Dispose();
        _file.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(nint archive, nint state)
    {
        var handle = GCHandle.FromIntPtr(state);
        ((GzipSource)handle.Target!).Dispose();
        handle.Free();
        return ArchiveNative.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Read(nint archive, nint state, void** block)
    {
        var source = (GzipSource)GCHandle.FromIntPtr(state).Target!;
        *block = source._block;
        try
        {
            return source._content.Read(new Span<byte>(source._block, BlockSize));
        }
        catch (Exception e)
        {
            // Nothing may be thrown through native code.
            source.Fault = e;
            return ArchiveNative.Fatal;
        }
    }
}
