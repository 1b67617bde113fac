using System.Runtime.InteropServices;

namespace ImageLibrary.Imaging.Native;

/// <summary>The C allocator's settings. Source: malloc.h of glibc.</summary>
internal static partial class AllocatorNative
{
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;

    // Codecs' whole planes and rows, not their tables.
    private const int LargeBytes = 4 << 20;

    /// <summary>
    /// Two arenas instead of eight per core: codecs allocate from many threads, and each arena keeps its own peak. And large
    /// blocks go back to the system at once, always: by itself the allocator begins to keep them in its arenas, in pieces.
    /// Does nothing where the C library has no such settings.
    /// </summary>
    internal static void KeepLittle()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(ArenaMax, 2);
            _ = SetOption(MmapThreshold, LargeBytes);
        }
        catch (EntryPointNotFoundException)
        {
            // musl does both anyway.
        }
    }

    [LibraryImport(NativeLibraryResolver.C, EntryPoint = "mallopt")]
    private static partial int SetOption(int parameter, int value);
}
