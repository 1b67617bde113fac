using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>Makes files that .NET itself cannot: whose name is any sequence of bytes, or which are no files at all.</summary>
internal static partial class RawFile
{
    private const int WriteOnly = 1;
    private const int Create = 64;

    public static unsafe void Write(byte[] path, byte[] content)
    {
        byte[] terminated = [.. path, 0];
        int descriptor;
        fixed (byte* name = terminated)
        {
            descriptor = Open(name, WriteOnly | Create, 0b110_100_100);
        }
        if (descriptor < 0)
        {
            throw new IOException($"open failed with error {Marshal.GetLastPInvokeError()}");
        }
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(handle, content, 0);
    }

    /// <summary>Makes a folder.</summary>
    public static unsafe void MakeFolder(byte[] path)
    {
        byte[] terminated = [.. path, 0];
        fixed (byte* name = terminated)
        {
            if (MakeDirectory(name, 0b111_101_101) != 0)
            {
                throw new IOException($"mkdir failed with error {Marshal.GetLastPInvokeError()}");
            }
        }
    }

    /// <summary>Deletes a folder with all that is in it, whatever it is called.</summary>
    public static void DeleteFolder(string path)
    {
        using var rm = Process.Start("rm", ["-rf", "--", path]);
        rm.WaitForExit();
    }

    /// <summary>Makes a pipe that nobody writes to: whoever opens it waits for ever.</summary>
    public static void MakePipe(string path)
    {
        if (MakeFifo(path, 0b110_100_100) != 0)
        {
            throw new IOException($"mkfifo failed with error {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, int mode);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true)]
    private static unsafe partial int MakeDirectory(byte* path, int mode);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static unsafe partial int Open(byte* path, int flags, int mode);
}
