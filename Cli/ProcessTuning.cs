using System.Runtime.InteropServices;

namespace ImageLibrary.Cli;

/// <summary>Settings of the process that the runtime configuration cannot express.</summary>
internal static partial class ProcessTuning
{
    private const int ArenaMax = -8;

    /// <summary>
    /// Bounds glibc's arenas: with one per thread, decoders leave freed memory scattered in all of them and the process
    /// grows to a multiple of what it uses.
    /// </summary>
    public static void Apply()
    {
        try
        {
            _ = MallOpt(ArenaMax, 2);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, such as musl, which has no arenas.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallOpt(int parameter, int value);
}
