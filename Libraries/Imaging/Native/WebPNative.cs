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

    [LibraryImport(Library, EntryPoint = "WebPGetFeaturesInternal")]
    private static partial int GetFeaturesInternal(byte* data, nuint size, out Features features, int version);
}
