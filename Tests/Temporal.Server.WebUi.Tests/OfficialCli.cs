using System.Diagnostics;

namespace ImageLibrary.Tests.Temporal.Server.WebUi;

/// <summary>Runs the official command line against a server.</summary>
internal static class OfficialCli
{
    /// <summary>Runs one command.</summary>
    /// <returns>Exit code, and all output.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string address, params string[] arguments)
    {
        var start = new ProcessStartInfo(Tools.Cli, [.. arguments, "--address", address, "--color", "never"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TEMPORAL_CONFIG_FILE"] = "/dev/null" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output + await errors);
    }
}
