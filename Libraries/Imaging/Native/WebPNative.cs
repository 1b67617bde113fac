using System.Runtime.InteropServices;

namespace ImageLibrary.Imaging.Native;

/// <summary>The part of libwebp that decodes to planes. Source: decode.h of libwebp 1.x.</summary>
internal static unsafe partial class WebPNative
{
    // The high byte must be that of the library; structures have not changed within it since 2011.
    private const int AbiVersion = 0x0209;

    private const string Library = NativeLibraryResolver.WebP;

    /// <summary>What the header of a file tells.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Features
    {
        internal int Width;
        internal int Height;
        internal int HasAlpha;
        internal int HasAnimation;
        internal int Format;
        private fixed uint _reserved[5];
    }

    /// <summary>Reads the header; 0 when it makes sense.</summary>
    internal static int GetFeatures(byte* data, nuint size, out Features features) =>
        GetFeaturesInternal(data, size, out features, AbiVersion);

    /// <summary>Decodes to planes with a chroma sample for 2×2 pixels; null when anything is wrong.</summary>
    [LibraryImport(Library, EntryPoint = "WebPDecodeYUVInto")]
    internal static partial byte* DecodePlanes(
        byte* data, nuint size, byte* luma, nuint lumaSize, int lumaStride, byte* blue, nuint blueSize, int blueStride,
        byte* red, nuint redSize, int redStride);

    /// <summary>Begins a decoding to planes that takes what there is of a file; 0 when out of memory.</summary>
    [LibraryImport(Library, EntryPoint = "WebPINewYUVA")]
    internal static partial nint NewDecoder(
        byte* luma, nuint lumaSize, int lumaStride, byte* blue, nuint blueSize, int blueStride,
        byte* red, nuint redSize, int redStride, byte* alpha, nuint alphaSize, int alphaStride);

    [LibraryImport(Library, EntryPoint = "WebPIDelete")]
    internal static partial void Delete(nint decoder);

    /// <summary>Decodes what there is.</summary>
    [LibraryImport(Library, EntryPoint = "WebPIUpdate")]
    internal static partial int Update(nint decoder, byte* data, nuint size);

    /// <summary>How far it came; null when no row is there.</summary>
    [LibraryImport(Library, EntryPoint = "WebPIDecGetYUVA")]
    internal static partial byte* Decoded(
        nint decoder, out int rows, byte** blue, byte** red, byte** alpha, out int width, out int height,
        int* stride, int* chromaStride, int* alphaStride);

    [LibraryImport(Library, EntryPoint = "WebPGetFeaturesInternal")]
    private static partial int GetFeaturesInternal(byte* data, nuint size, out Features features, int version);
}
