using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>What the framework does not tell of files: identity, file system, the real path, the true names.</summary>
internal static unsafe partial class Posix
{
    private const int CurrentDirectory = -100;
    private const uint BasicStats = 0x7ff;
    private const int PriorityProcess = 0;
    private const int NoSuchPlace = 2;
    private const int NoFolder = 20;
    private const int LinksInACircle = 40;
    private const byte UnknownType = 0;
    private const byte FolderType = 4;

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

    /// <summary>Whether nothing lies at a path, as far as the disk tells: what may not be looked at is not missing.</summary>
    /// <param name="path">Absolute path.</param>
    public static bool IsMissing(string path)
    {
        var resolved = stackalloc byte[4097];
        return RealPath(path, resolved) == null && Marshal.GetLastPInvokeError() is NoSuchPlace or NoFolder or LinksInACircle;
    }

    /// <summary>All names in a folder, as the disk keeps them.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<RawName> NamesIn(string path)
    {
        using var folder = OpenFolder(path);
        if (folder.IsInvalid)
        {
            throw Unreadable(path);
        }
        var names = new List<RawName>();
        byte* entry;
        while ((entry = ReadFolder(folder)) != null)
        {
            // The layout of struct dirent on 64-bit Linux: type at 18, name from 19.
            var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + 19);
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                names.Add(RawName.Of(name, entry[18] is UnknownType or FolderType));
            }
        }
        return Marshal.GetLastPInvokeError() == 0 ? names : throw Unreadable(path);
    }

    /// <summary>Makes the calling thread give way to others; the framework's priorities have no effect on Linux.</summary>
    /// <param name="nice">0 to 19.</param>
    public static void LowerPriority(int nice) => _ = SetPriority(PriorityProcess, ThreadId(), nice);

    /// <summary>The system's number of the calling thread.</summary>
    [LibraryImport("libc", EntryPoint = "gettid")]
    public static partial int ThreadId();

    /// <summary>Processor time that a thread of this process has used; null where the system does not tell. Source: proc(5), schedstat.</summary>
    /// <param name="thread">The system's number of the thread.</param>
    public static TimeSpan? ProcessorTime(int thread)
    {
        try
        {
            var fields = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{thread}/schedstat")).Split(' ');
            return TimeSpan.FromMicroseconds(long.Parse(fields[0], CultureInfo.InvariantCulture) / 1_000);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Closes what <see cref="FolderHandle"/> holds.</summary>
    /// <param name="folder">The system's pointer.</param>
    [LibraryImport("libc", EntryPoint = "closedir")]
    internal static partial int CloseFolder(nint folder);

    private static IOException Unreadable(string path) =>
        new($"Reading the names in {path} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "opendir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial FolderHandle OpenFolder(string path);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    private static partial byte* ReadFolder(FolderHandle folder);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "statfs", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statfs(string path, byte* buffer);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial byte* RealPath(string path, byte* resolved);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int value);
}
