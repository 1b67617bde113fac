using System.Runtime.InteropServices;

namespace ImageLibrary.Imaging.Native;

/// <summary>
/// The variables by which TurboJPEG lets the environment change what it writes, behind its caller's back: files that browsers
/// cannot show, or other bytes under the same name. Source: turbojpeg.c.
/// </summary>
internal static partial class TurboJpegEnvironment
{
    private static readonly string[] Names = ["TJ_ARITHMETIC", "TJ_OPTIMIZE", "TJ_PROGRESSIVE", "TJ_RESTART"];

    /// <summary>Removes them from the process's own environment, which the runtime only has a copy of.</summary>
    internal static void Clear()
    {
        foreach (var name in OperatingSystem.IsWindows() ? [] : Names)
        {
            _ = Remove(name);
        }
    }

    [LibraryImport(NativeLibraryResolver.C, EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Remove(string name);
}
