using System.Globalization;
using System.Text.Json;
using ImageLibrary.Api.Jobs;
using ImageLibrary.Api.Json;
using ImageLibrary.Cli.Settings;

namespace ImageLibrary.Cli.Serving;

/// <summary>What <c>serve</c> prints: words for people, or one JSON object a line.</summary>
internal sealed class ServeConsole(ServeSettings settings)
{
    private readonly Lock _gate = new();

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
        Console.WriteLine($"Store:  SQLite in {dataDirectory} (set by {settings.DataDirectory.Source})");
        Console.WriteLine($"Ready:  {parts.Url}#token={token} (port: {settings.Port.Source})");
    }

    public void Progress(JobDto job)
    {
        if (settings.Json)
        {
            Write(new ProgressEvent("progress", job));
        }
        else if (settings.Once)
        {
            Console.WriteLine(JobText.Line(job));
        }
    }

    public static void Waits(JobDto job) =>
        Console.Error.WriteLine($"note: the {JobText.Word(job.Type)} job {job.Id} waits: {job.Waiting?.Detail}");

    public void Summary(IReadOnlyList<JobDto> jobs, double seconds)
    {
        if (settings.Json)
        {
            Write(new SummaryEvent("summary", jobs, Math.Round(seconds, 3)));
            return;
        }
        foreach (var job in jobs)
        {
            Console.WriteLine(JobText.Line(job));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Done in {seconds:0.0} s."));
    }

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
