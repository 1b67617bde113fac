using System.Globalization;
using System.Text.Json;
using ImageLibrary.Api.Jobs;
using ImageLibrary.Api.Json;
using ImageLibrary.Cli.Settings;

namespace ImageLibrary.Cli.Serving;

/// <summary>What <c>serve</c> prints: words for people, or one JSON object a line.</summary>
internal sealed class ServeConsole(ServeSettings settings) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly JobBars? _bars = !settings.Json && TerminalProgress.CanShow ? new JobBars() : null;

    public void Ready(ServeParts parts, string token, string dataDirectory)
    {
        if (settings.Json)
        {
            Write(new ReadyEvent("ready", parts.Url, parts.EngineAddress, dataDirectory));
            return;
        }
        var temporal = settings.Temporal.Address;
        Console.WriteLine(temporal.Value is null
            ? $"Engine: embedded at {parts.EngineAddress} (port: {settings.EnginePort.Source})"
            : $"Engine: Temporal at {temporal.Value}, namespace {settings.Temporal.Namespace.Value} (set by {temporal.Source})");
        Console.WriteLine($"Store:  {parts.StoreDescription}");
        Console.WriteLine(settings.Role.HasFlag(ServeRole.Api)
            ? $"Ready:  {parts.Url}#token={token} (port: {settings.Port.Source})"
            : $"Ready:  renders {settings.Workers.Value} pictures at once (set by {settings.Workers.Source})");
    }

    /// <summary>Shows how a job stands: as a bar on a terminal, else as a line.</summary>
    /// <param name="job">The job.</param>
    /// <param name="library">Name of the library that it works on.</param>
    /// <param name="turned">Whether its state is another one than before.</param>
    public async Task ProgressAsync(JobDto job, string? library, bool turned)
    {
        if (_bars is not null)
        {
            await _bars.ShowAsync(job, library);
            return;
        }
        if (settings.Json)
        {
            Write(new ProgressEvent("progress", job));
        }
        else if (settings.Once || turned)
        {
            // The log of a server that runs for months needs the turns only.
            Console.WriteLine(JobText.Titled(library, JobText.Line(job)));
        }
        if (turned && job.Waiting is { } waiting)
        {
            await Console.Error.WriteLineAsync($"note: the {JobText.Word(job.Type)} job {job.Id} waits: {waiting.Detail}");
        }
    }

    public void Summary(IReadOnlyList<JobDto> jobs, double seconds)
    {
        if (settings.Json)
        {
            Write(new SummaryEvent("summary", jobs, Math.Round(seconds, 3)));
            return;
        }
        foreach (var job in jobs.Where(job => job.FailuresByClass.Count > 0))
        {
            Console.WriteLine($"Failed: {JobText.Failures(job)}. The page and `jobs failures {job.Id}` of a running server name each.");
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Done in {seconds:0.0} s."));
    }

    public ValueTask DisposeAsync() => _bars?.DisposeAsync() ?? default;

    private void Write<T>(T line)
    {
        lock (_gate)
        {
            Console.WriteLine(JsonSerializer.Serialize(line, ApiJson.Options));
        }
    }

    private sealed record ReadyEvent(string Event, string Url, string EngineAddress, string DataDirectory);

    private sealed record ProgressEvent(string Event, JobDto Job);

    private sealed record SummaryEvent(string Event, IReadOnlyList<JobDto> Jobs, double Seconds);
}
