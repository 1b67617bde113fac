using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageLibrary.Imaging.Native;

/// <summary>
/// Finds the native codecs: libvips beside the assembly, where the build puts it, and TurboJPEG where the
/// system's loader finds it.
/// </summary>
internal static class NativeLibraryResolver
{
    internal const string Vips = "vips";
    internal const string TurboJpeg = "turbojpeg";
    internal const string C = "libc";

    private static readonly string[] VipsNames =
        ["libvips-cpp.so", "libvips-cpp.dylib", "libvips.so.42", "libvips.42.dylib"];

    private static readonly string[] TurboJpegNames =
        ["libturbojpeg.so.0", "libturbojpeg.0.dylib", "libturbojpeg.so", "turbojpeg"];

    // The only moment before the first call of any binding, whoever makes it.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraryResolver).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        string[] candidates = name switch
        {
            Vips => VipsNames,
            TurboJpeg => TurboJpegNames,
            _ => [],
        };
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
