using System.Runtime.InteropServices;

namespace ImageLibrary.Worker.Isolation;

/// <summary>What the helper asks of the operating system. Sources: setrlimit(2), setpriority(2), dup(2), _exit(2) on Linux.</summary>
internal static partial class HelperNative
{
    private const int DataLimit = 2;
    private const int CoreLimit = 4;
    private const int PriorityProcess = 0;
    private const int Nice = 10;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>
    /// Bounds the memory that can be written to: reserved ranges, of which the runtime has large ones, do not count. A crash
    /// leaves no core file.
    /// </summary>
    /// <exception cref="InvalidOperationException">The limit was refused.</exception>
    internal static void LimitMemory(ulong bytes)
    {
        var none = new Limit(0, 0);
        _ = SetLimit(CoreLimit, in none);
        var limit = new Limit(bytes, bytes);
        if (SetLimit(DataLimit, in limit) != 0)
        {
            throw new InvalidOperationException($"The memory limit of the helper cannot be set (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    /// <summary>Gives way to everything else. Threads that are started later inherit it.</summary>
    internal static void LowerPriority() => _ = SetPriority(PriorityProcess, 0, Nice);

    /// <summary>
    /// Keeps the pipe for messages alone: whatever a native library prints goes to the standard error from now on.
    /// </summary>
    /// <returns>The pipe.</returns>
    internal static int TakeStandardOutput()
    {
        var pipe = Duplicate(StandardOutput);
        _ = Duplicate(StandardError, StandardOutput);
        return pipe;
    }

    /// <summary>Ends the process at once, whatever its threads are doing.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void Exit(int code);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int value);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int descriptor, int target);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);
}
