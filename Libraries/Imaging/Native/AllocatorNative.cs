using System.Runtime.InteropServices;

namespace ImageLibrary.Imaging.Native;

/// <summary>The C allocator's settings. Source: malloc.h of glibc.</summary>
internal static partial class AllocatorNative
{
    private const int ArenaMax = -8;

    /// <summary>
    /// Two arenas instead of eight per core: codecs allocate from many threads, and each arena keeps its own peak.
    /// Does nothing where the C library has no such setting.
    /// </summary>
    internal static void LimitArenas()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(ArenaMax, 2);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has one arena anyway.
        }
    }

    [LibraryImport(NativeLibraryResolver.C, EntryPoint = "mallopt")]
    private static partial int SetOption(int parameter, int value);
}
