using System.Runtime.InteropServices;
using System.Text;
using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>What the framework does not tell of files: identity, file system, the real path.</summary>
internal static unsafe partial class Posix
{
    private const int CurrentDirectory = -100;
    private const uint BasicStats = 0x7ff;
    private const int PriorityProcess = 0;

    /// <summary>Device, inode and type of file system of a folder; null when it cannot be reached.</summary>
    /// <param name="path">Absolute path.</param>
    public static RootIdentity? Identify(string path)
    {
        var stats = stackalloc byte[256];
        var system = stackalloc byte[512];
        if (Statx(CurrentDirectory, path, 0, BasicStats, stats) != 0 || Statfs(path, system) != 0)
        {
            return null;
        }
        // The layout of struct statx is the same on every architecture: inode at 32, device at 136 and 140.
        var inode = *(long*)(stats + 32);
        var device = ((long)*(uint*)(stats + 136) << 32) | *(uint*)(stats + 140);
        return new RootIdentity(device, inode, *(long*)system);
    }

    /// <summary>The path without links, or null when it leads nowhere or in a circle.</summary>
    /// <param name="path">Absolute path.</param>
    public static string? RealPath(string path)
    {
        var resolved = stackalloc byte[4097];
        return RealPath(path, resolved) == null
            ? null
            : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(resolved));
    }

    /// <summary>Makes the calling thread give way to others; the framework's priorities have no effect on Linux.</summary>
    /// <param name="nice">0 to 19.</param>
    public static void LowerPriority(int nice) => _ = SetPriority(PriorityProcess, GetThreadId(), nice);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "statfs", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statfs(string path, byte* buffer);

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial byte* RealPath(string path, byte* resolved);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int value);
}
