using System.Runtime.InteropServices;

namespace ImageLibrary.Imaging.Native;

/// <summary>TurboJPEG 2.x, the part that works on YCbCr planes. Source: turbojpeg.h of libjpeg-turbo.</summary>
internal static unsafe partial class TurboJpegNative
{
    internal const int FlagAccurateDct = 4096;
    internal const int FlagNoRealloc = 1024;
    internal const int FlagLimitScans = 32768;

    internal const int ErrorWarning = 0;

    private const string Library = NativeLibraryResolver.TurboJpeg;

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    internal static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjInitCompress")]
    internal static partial nint InitCompress();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    internal static partial int Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    internal static partial nint GetErrorString(SafeHandle handle);

    [LibraryImport(Library, EntryPoint = "tjGetErrorCode")]
    internal static partial int GetErrorCode(SafeHandle handle);

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    internal static partial int DecompressHeader(
        SafeHandle handle, byte* jpeg, CULong size, out int width, out int height, out int subsampling, out int colourSpace);

    [LibraryImport(Library, EntryPoint = "tjDecompressToYUVPlanes")]
    internal static partial int DecompressToPlanes(
        SafeHandle handle, byte* jpeg, CULong size, byte** planes, int width, int* strides, int height, int flags);

    [LibraryImport(Library, EntryPoint = "tjCompressFromYUVPlanes")]
    internal static partial int CompressFromPlanes(
        SafeHandle handle, byte** planes, int width, int* strides, int height, int subsampling,
        ref byte* jpeg, ref CULong size, int quality, int flags);

    [LibraryImport(Library, EntryPoint = "tjBufSize")]
    internal static partial CULong BufferSize(int width, int height, int subsampling);
}
