using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageLibrary.Imaging.Native;

/// <summary>
/// Finds the native codecs: libvips beside the assembly, where the build puts it, and the others where the system's
/// loader finds them.
/// </summary>
internal static class NativeLibraryResolver
{
    internal const string Vips = "vips";
    internal const string TurboJpeg = "turbojpeg";
    internal const string WebP = "webp";
    internal const string Deflate = "deflate";
    internal const string C = "libc";

    private static readonly string[] SystemVipsNames = ["libvips.so.42", "libvips.42.dylib"];

    private static string[] vipsNames = ["libvips-cpp.so", "libvips-cpp.dylib", .. SystemVipsNames];

    private static readonly string[] TurboJpegNames =
        ["libturbojpeg.so.0", "libturbojpeg.0.dylib", "libturbojpeg.so", "turbojpeg"];

    private static readonly string[] WebPNames = ["libwebp.so.7", "libwebp.7.dylib", "libwebp.so"];

    private static readonly string[] DeflateNames = ["libdeflate.so.0", "libdeflate.0.dylib", "libdeflate.so"];

    private static readonly Lazy<bool> WebPFound = new(() => IsThere(WebP));

    private static readonly Lazy<bool> DeflateFound = new(() => IsThere(Deflate));

    /// <summary>Whether libwebp is there; libvips does its work where it is not.</summary>
    internal static bool HasWebP => WebPFound.Value;

    /// <summary>Whether libdeflate is there; libvips does its work where it is not.</summary>
    internal static bool HasDeflate => DeflateFound.Value;

    /// <summary>Leaves our own libvips aside.</summary>
    internal static void UseSystemVips() => vipsNames = SystemVipsNames;

    /// <summary>Whether libvips is there.</summary>
    internal static bool HasVips() => IsThere(Vips);

    // The only moment before the first call of any binding, whoever makes it.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraryResolver).Assembly, Resolve);

    private static bool IsThere(string name) => Resolve(name, typeof(NativeLibraryResolver).Assembly, searchPath: null) != 0;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        string[] candidates = name switch
        {
            Vips => vipsNames,
            TurboJpeg => TurboJpegNames,
            WebP => WebPNames,
            Deflate => DeflateNames,
            _ => [],
        };
        if (name == TurboJpeg)
        {
            TurboJpegEnvironment.Clear();
        }

        foreach (var candidate in candidates)
        {
            var beside = Path.Combine(AppContext.BaseDirectory, candidate);
            if (File.Exists(beside) && NativeLibrary.TryLoad(beside, out var handle))
            {
                return handle;
            }
        }

        foreach (var candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                return handle;
            }
        }

        // Zero lets the runtime search by itself and report the name that is missing.
        return 0;
    }
}
