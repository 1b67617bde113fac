using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageLibrary.Bench.Store;

/// <summary>Asks a server as its page does, and takes the time of each answer.</summary>
internal sealed class RestRun(HttpClient http)
{
    /// <summary>The largest 95th percentile so far, in milliseconds.</summary>
    public double SlowestPercentile { get; private set; }

    /// <summary>Asks again and again.</summary>
    /// <param name="name">What is asked for.</param>
    /// <param name="count">How often.</param>
    /// <param name="path">The path of each request, made of the answer before it.</param>
    public async Task MeasureAsync(string name, int count, Func<JsonObject?, string> path)
    {
        var times = new List<double>(count);
        JsonObject? last = null;
        for (var i = -count / 10; i < count; i++)
        {
            var next = path(last);
            var started = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(next, UriKind.Relative));
            var text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            last = JsonNode.Parse(text)!.AsObject();
        }
        times.Sort();
        SlowestPercentile = Math.Max(SlowestPercentile, times[count * 95 / 100]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name,-42} | {times[count / 2],6:0.0} | {times[count * 95 / 100],6:0.0} | {times[^1],6:0.0} |"));
    }

    /// <summary>Items of one page.</summary>
    public async Task<JsonArray> ItemsAsync(string path) =>
        JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative)))!["items"]!.AsArray();

    /// <summary>Connects to a server that has said where it is.</summary>
    public static HttpClient Connect(string readyLine)
    {
        var url = JsonDocument.Parse(readyLine).RootElement.GetProperty("url").GetString()!;
        var folder = JsonDocument.Parse(readyLine).RootElement.GetProperty("dataDirectory").GetString()!;
        var token = File.ReadAllText(Path.Combine(folder, "admin-token")).Trim();
        return new HttpClient
        {
            BaseAddress = new Uri(new Uri(url), "api/v1/"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
    }
}
