using System.Diagnostics;
using System.Runtime.InteropServices;
using ImageLibrary.Worker.Isolation;

namespace ImageLibrary.Tests.Worker.Support;

/// <summary>Real helper processes of the program beside the tests.</summary>
internal static partial class Helpers
{
    public const int Kill = 9;

    /// <summary>Ends a process at once that does not handle it (SIGUSR1), which stands for a fault of its own.</summary>
    public const int Fault = 10;

    public const int Stop = 19;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static HelperOptions Options { get; } = new() { Command = ["dotnet", Program(), HelperCommand.Name] };

    /// <summary>Sends a signal to a process.</summary>
    public static void Send(int process, int signal)
    {
        if (SendSignal(process, signal) != 0)
        {
            throw new InvalidOperationException($"There is no process {process}.");
        }
    }

    public static bool IsAlive(int process) => SendSignal(process, 0) == 0;

    public static async Task HoldsAsync(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > Deadline)
            {
                throw new TimeoutException("The condition did not hold in time.");
            }
            await Task.Delay(20);
        }
    }

    // Tests/Worker.Tests/bin/CONFIGURATION/net10.0, and the same of the program.
    private static string Program()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var root = framework.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "Cli", "bin", framework.Parent.Name, framework.Name, "imagelibrary.dll");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
