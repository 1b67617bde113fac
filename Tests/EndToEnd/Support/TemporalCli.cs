using System.Diagnostics;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>The official command line, pointed at an engine.</summary>
internal sealed class TemporalCli(string address)
{
    private readonly string program = Repository.TemporalCli();

    /// <summary>Runs a command that must succeed, and returns what it prints.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [.. arguments, "--address", address, "--color", "never"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TEMPORAL_CONFIG_FILE"] = "/dev/null" },
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"temporal {string.Join(' ', arguments)}: {await errors}{output}");
        return output;
    }
}
