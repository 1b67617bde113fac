using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>A running <c>imagelibrary</c> with its JSON events.</summary>
internal sealed class Program : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly ConcurrentQueue<JsonObject> events = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly TaskCompletionSource<JsonObject> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Program(IEnumerable<string> command)
    {
        var start = new ProcessStartInfo(command.First(), command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(name);
        }
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                errors.Enqueue(line.Data);
            }
        };
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("ended before it was ready"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public string Errors => string.Join('\n', errors);

    /// <summary>The JSON that it has printed so far.</summary>
    public IReadOnlyList<JsonObject> Lines => [.. events];

    /// <summary>Starts <c>serve --json</c> on free ports; returns before it is ready.</summary>
    public static Program Serve(string data, params IEnumerable<string> arguments) =>
        Start(["serve", "--json", "--data", data, "--port", "0", "--engine-port", "0", .. arguments]);

    /// <summary>Starts any command.</summary>
    public static Program Start(params IEnumerable<string> arguments) => new(["dotnet", Repository.Program, .. arguments]);

    /// <summary>Runs <c>serve --once --json</c> to its end.</summary>
    public static Task<RunResult> RunOnceAsync(string data, params IEnumerable<string> arguments) =>
        EndAsync(Serve(data, ["--once", .. arguments]));

    /// <summary>The same without root's right to read everything.</summary>
    public static Task<RunResult> RunOnceUnprivilegedAsync(string data, params IEnumerable<string> arguments) => EndAsync(new Program(
        [
            .. Environment.UserName == "root" ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : Array.Empty<string>(),
            "dotnet", Repository.Program, "serve", "--json", "--once", "--data", data, "--port", "0", "--engine-port", "0", .. arguments,
        ]));

    private static async Task<RunResult> EndAsync(Program running)
    {
        await using var program = running;
        var code = await program.ExitCodeAsync(TimeSpan.FromMinutes(10));
        return new RunResult(code, program.Summary(), program.Errors);
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task<JsonObject> ReadyEventAsync()
    {
        try
        {
            return await ready.Task.WaitAsync(StartDeadline);
        }
        catch (Exception error) when (error is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"imagelibrary did not get ready: {error.Message}\n{Errors}", error);
        }
    }

    public async Task<Server> ReadyAsync()
    {
        var line = await ReadyEventAsync();
        var data = line["dataDirectory"]!.GetValue<string>();
        var token = await File.ReadAllTextAsync(Path.Combine(data, "admin-token"));
        return new Server(new Uri(line["url"]!.GetValue<string>().Split('#')[0]), token.Trim(), line["engineAddress"]!.GetValue<string>());
    }

    public async Task<int> ExitCodeAsync(TimeSpan deadline)
    {
        using var timeout = new CancellationTokenSource(deadline);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"still running after {deadline.TotalSeconds:0} s\n{Errors}");
        }
        return process.ExitCode;
    }

    /// <summary>Runs a command that prints JSON to its end.</summary>
    /// <returns>Exit code, what it printed, and what it said to people.</returns>
    public static async Task<(int Code, IReadOnlyList<JsonObject> Lines, string Errors)> RunAsync(params IEnumerable<string> arguments)
    {
        await using var program = Start(arguments);
        var code = await program.ExitCodeAsync(TimeSpan.FromMinutes(10));
        return (code, program.Lines, program.Errors);
    }

    /// <summary>The last summary event.</summary>
    public JsonObject? Summary() => events.LastOrDefault(line => line["event"]?.GetValue<string>() == "summary");

    /// <summary>All processes of the tree, this one first.</summary>
    public IReadOnlyList<int> Tree() => ProcessTree.Of(process.Id);

    /// <summary>Kills every process of the tree at once, as a power cut would.</summary>
    public async Task KillAllAsync()
    {
        ProcessTree.Kill(Tree());
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as Ctrl-C or a service manager would.</summary>
    public async Task<int> TerminateAsync()
    {
        ProcessTree.Terminate(process.Id);
        return await ExitCodeAsync(TimeSpan.FromMinutes(2));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAllAsync();
        }
        process.Dispose();
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("IMAGELIBRARY_", StringComparison.Ordinal)
        || name.StartsWith("TEMPORAL_", StringComparison.Ordinal)
        || name == "MONGODB_URL";

    private void OnOutput(string? text)
    {
        // The engine alone speaks to people only.
        if (text is not ['{', ..])
        {
            return;
        }
        var line = JsonNode.Parse(text)!.AsObject();
        events.Enqueue(line);
        if (line["event"]?.GetValue<string>() == "ready")
        {
            ready.TrySetResult(line);
        }
    }
}

/// <summary>How a run with <c>--once</c> ended.</summary>
internal sealed record RunResult(int ExitCode, JsonObject? Summary, string Errors)
{
    public JsonObject Job => Summary?["jobs"]?.AsArray() is [JsonObject job, ..]
        ? job
        : throw new InvalidOperationException($"no summary with a job (exit code {ExitCode})\n{Errors}");
}
