using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Temporalio.Client;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>Talks to a running server as another program would: by REST with the admin token.</summary>
internal sealed class Server(Uri address, string token, string engineAddress) : IDisposable
{
    private readonly HttpClient http = new()
    {
        BaseAddress = new Uri(address, "api/v1/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    public Uri Address { get; } = address;

    public string Token { get; } = token;

    /// <summary>Host and port of the engine.</summary>
    public string EngineAddress { get; } = engineAddress;

    public async Task<JsonObject> GetAsync(string path) => (await http.GetFromJsonAsync<JsonObject>(path))!;

    public Task<HttpResponseMessage> GetRawAsync(string path) => http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>A client of its engine.</summary>
    public Task<TemporalClient> EngineAsync() => TemporalClient.ConnectAsync(new TemporalClientConnectOptions(EngineAddress));

    /// <summary>Asserts that no workflow has a history that is long enough to become slow, once all have closed.</summary>
    public async Task AssertHistoriesAreShortAsync()
    {
        const int mostEvents = 4_096;
        var client = await EngineAsync();
        await Eventually.TrueAsync(
            async () => (await client.CountWorkflowsAsync("ExecutionStatus = 'Running'")).Count == 0, TimeSpan.FromMinutes(2), "all workflows closed");
        var count = 0;
        await foreach (var run in client.ListWorkflowsAsync(""))
        {
            count++;
            Assert.InRange(run.HistoryLength, 1, mostEvents);
        }
        Assert.NotEqual(0, count);
    }

    public Task<JsonObject> PostAsync(string path, object? body = null) =>
        SendAsync(HttpMethod.Post, path, JsonContent.Create(body ?? new { }));

    public Task<JsonObject> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>Adds a library and scans it.</summary>
    /// <returns>The job as it ended.</returns>
    public async Task<JsonObject> AddAndScanAsync(string rootPath)
    {
        var library = await PostAsync("libraries", new { rootPath });
        return await ScanAsync(library.Id());
    }

    /// <summary>Scans a library.</summary>
    /// <returns>The job as it ended.</returns>
    public async Task<JsonObject> ScanAsync(string libraryId, object? options = null)
    {
        var started = await PostAsync($"libraries/{libraryId}/scan", options);
        return await JobInStateAsync(
            started["jobId"]!.GetValue<string>(), TimeSpan.FromMinutes(10), "completed", "completedWithFailures", "failed", "cancelled");
    }

    /// <summary>Class of each failure of a job by path.</summary>
    public async Task<Dictionary<string, string>> FailuresAsync(JsonObject job) => (await ListAsync($"jobs/{job.Id()}/failures")).ToDictionary(
        failure => failure["path"]!.GetValue<string>(), failure => failure["class"]!.GetValue<string>());

    /// <summary>All items of a paged list.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string path)
    {
        var items = new List<JsonObject>();
        string? cursor = null;
        do
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await GetAsync($"{path}{separator}limit=1000{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            items.AddRange(page["items"]!.AsArray().Select(item => item!.AsObject()));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        return items;
    }

    /// <summary>The newest job.</summary>
    public async Task<JsonObject?> NewestJobAsync() => await ListAsync("jobs") is [var newest, ..] ? newest : null;

    /// <summary>Waits until the job is in one of the states.</summary>
    public async Task<JsonObject> JobInStateAsync(string id, TimeSpan deadline, params string[] states)
    {
        JsonObject? job = null;
        return await Eventually.GetAsync(
            async () =>
            {
                // A job that was started by hand at the engine is known from its first activity on.
                using var response = await GetRawAsync($"jobs/{id}");
                if (response.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
                job = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>();
                return states.Contains(job!.State()) ? job : null;
            },
            deadline,
            () => $"job {id} is {string.Join(" or ", states)}; last seen: {job?.ToJsonString() ?? "nothing"}");
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? string.IsNullOrEmpty(text) ? [] : JsonNode.Parse(text)!.AsObject()
            : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {text}");
    }

    public void Dispose() => http.Dispose();
}
