using System.Diagnostics;
using System.Runtime.InteropServices;
using ImageLibrary.Cli.Settings;

namespace ImageLibrary.Cli.Supervision;

/// <summary>
/// Runs the server in a process of its own and starts it again when it breaks. Ends as the server ends when that was
/// meant, and with a message when the server breaks again and again.
/// </summary>
internal static partial class Supervisor
{
    private const int MaxQuickCrashes = 5;
    private const int SigInt = 2;
    private const int SigTerm = 15;
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        using var forward = new SignalForwarding();
        var backoff = FirstBackoff;
        var crashes = 0;
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            var code = await RunOnceAsync(arguments, restarted: crashes > 0, forward);
            if (IsMeant(code) || forward.Requested)
            {
                return code;
            }
            var ran = Stopwatch.GetElapsedTime(started);
            (crashes, backoff) = ran >= Steady ? (1, FirstBackoff) : (crashes + 1, backoff);
            if (crashes > MaxQuickCrashes)
            {
                await Console.Error.WriteLineAsync(
                    $"error: the server broke {crashes} times in a row, last with code {code}; nothing is lost. Start it with --verbose to see why.");
                return ExitCodes.Failed;
            }
            await Console.Error.WriteLineAsync($"note: the server broke (code {code}) and is started again; jobs go on where they were.");
            await Task.Delay(backoff);
            backoff = backoff * 2 > MaxBackoff ? MaxBackoff : backoff * 2;
        }
    }

    private static async Task<int> RunOnceAsync(IReadOnlyList<string> arguments, bool restarted, SignalForwarding forward)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet") { RedirectStandardInput = true };
        // Started as `dotnet imagelibrary.dll`, the program is not the executable.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }
        foreach (var argument in (string[])[.. arguments, ServeOptions.Supervised.Name, .. restarted ? [ServeOptions.Restarted.Name] : Array.Empty<string>()])
        {
            start.ArgumentList.Add(argument);
        }
        using var server = Process.Start(start) ?? throw new UserException("the server process cannot be started");
        forward.To(server.Id);
        await server.WaitForExitAsync();
        forward.To(null);
        return server.ExitCode;
    }

    private static bool IsMeant(int code) => code is ExitCodes.Done or ExitCodes.Failed or ExitCodes.Usage or ExitCodes.DoneWithFailures
        or ExitCodes.Interrupted or ExitCodes.Terminated;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    /// <summary>Passes SIGINT and SIGTERM on; the server decides how it ends.</summary>
    private sealed class SignalForwarding : IDisposable
    {
        private readonly PosixSignalRegistration[] _registrations;
        private int _server;
        private volatile int _requested;

        public SignalForwarding() => _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Forward(context, SigInt)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Forward(context, SigTerm)),
        ];

        public bool Requested => _requested != 0;

        public void To(int? server)
        {
            Volatile.Write(ref _server, server ?? 0);
            // A signal between two starts must not get lost.
            if (server is { } id && Requested)
            {
                _ = Kill(id, _requested);
            }
        }

        public void Dispose()
        {
            foreach (var registration in _registrations)
            {
                registration.Dispose();
            }
        }

        private void Forward(PosixSignalContext context, int signal)
        {
            context.Cancel = true;
            _requested = signal;
            if (Volatile.Read(ref _server) is > 0 and var server)
            {
                _ = Kill(server, signal);
            }
        }
    }
}
