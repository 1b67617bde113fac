using System.Diagnostics;
using Xunit;

namespace ImageLibrary.Tests.Cli.Tests;

/// <summary>Tests that run the program.</summary>
public abstract class ProgramTests
{
    protected static Task<(int Code, string Output, string[] Errors)> RunAsync(params string[] arguments) => RunAsync(arguments, []);

    protected static Task<(int Code, string Output, string[] Errors)> RunAsync(
        string[] arguments, params (string Name, string Value)[] environment) => StartAsync("dotnet", [ProgramPath(), .. arguments], environment);

    protected static async Task<(int Code, string Output, string[] Errors)> StartAsync(
        string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        using var process = Start(program, arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    protected static string ProgramPath()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path.Combine(RepositoryRoot(), "Cli", "bin", configuration, "net10.0", "imagelibrary.dll");
    }

    protected static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ImageLibrary.sln")))
        {
            folder = folder.Parent;
        }
        return folder.FullName;
    }

    /// <summary>Starts the program with no settings but these in its environment.</summary>
    protected static Process Start(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("IMAGELIBRARY_", StringComparison.Ordinal) || name.StartsWith("TEMPORAL_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }
}
