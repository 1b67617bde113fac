using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using ImageLibrary.Core;
using ImageLibrary.Tests.Api.Support;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>Events of jobs: nothing is missed, whatever the connection does.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private ApiServer? running;

    private ApiServer Server => running!;

    public async ValueTask InitializeAsync() => running = await ApiServer.StartAsync(
        configure: builder => builder.Options = builder.Options with { EventKeepAlive = TimeSpan.FromMilliseconds(200) });

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Stream_OnConnect_SendsOpenJobsThenChanges()
    {
        await AddJobAsync("open");
        await AddJobAsync("ended", JobState.Completed);
        await using var stream = await OpenAsync("jobs/events");
        Assert.Equal(("open", "running"), await stream.NextAsync());
        await SetStateAsync("open", JobState.Pausing);
        Assert.Equal(("open", "pausing"), await stream.NextAsync());
        await AddJobAsync("new");
        Assert.Equal(("new", "running"), await stream.NextAsync());
        Assert.Equal("job", stream.LastEventType);
    }

    [Fact]
    public async Task Stream_AfterReconnect_SendsWhatChangedMeanwhileAndNotTheRest()
    {
        await AddJobAsync("first");
        await AddJobAsync("second");
        string position;
        await using (var stream = await OpenAsync("jobs/events"))
        {
            await stream.NextAsync();
            await stream.NextAsync();
            position = stream.LastEventId;
        }
        await SetStateAsync("first", JobState.Pausing);
        await SetStateAsync("first", JobState.Paused);
        await SetStateAsync("second", JobState.Completed);

        await using var again = await OpenAsync("jobs/events", position);

        var seen = new[] { await again.NextAsync(), await again.NextAsync() };
        Assert.Equal([("first", "paused"), ("second", "completed")], seen.Order());
    }

    [Fact]
    public async Task StreamOfOneJob_SendsItsStateEvenWhenEnded_AndNothingOfOthers()
    {
        await AddJobAsync("mine", JobState.Completed);
        await AddJobAsync("other");
        await using var ended = await OpenAsync("jobs/mine/events");
        Assert.Equal(("mine", "completed"), await ended.NextAsync());
        await using var stream = await OpenAsync("jobs/other/events");
        Assert.Equal(("other", "running"), await stream.NextAsync());
        await SetStateAsync("other", JobState.Paused);
        Assert.Equal(("other", "paused"), await stream.NextAsync());
    }

    [Fact]
    public async Task Stream_WhileNothingHappens_SendsComments()
    {
        using var client = Server.CreateClient();
        using var response = await client.GetAsync("jobs/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var comments = 0;
        while (comments < 3)
        {
            var line = await reader.ReadLineAsync().WaitAsync(Deadline);
            Assert.True(line is "" || line!.StartsWith(':'), line);
            comments += line.Length > 0 ? 1 : 0;
        }
    }

    [Fact]
    public async Task Stream_FromAWrongPosition_Is400()
    {
        using var client = Server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "jobs/events");
        request.Headers.Add("Last-Event-ID", "bogus");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Last-Event-ID", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_UnderManyChanges_EndsWithTheLastStateOfEach()
    {
        await using var stream = await OpenAsync("jobs/events");
        var names = Enumerable.Range(0, 20).Select(number => $"job {number}").ToList();
        var writing = Parallel.ForEachAsync(names, async (name, _) =>
        {
            await AddJobAsync(name);
            await SetStateAsync(name, JobState.Pausing);
            await SetStateAsync(name, JobState.Paused);
            await SetStateAsync(name, JobState.Cancelled);
        });
        var last = new Dictionary<string, string>();
        while (last.Count(pair => pair.Value == "cancelled") < names.Count)
        {
            var (id, state) = await stream.NextAsync();
            last[id] = state;
        }
        await writing;
        Assert.Equal(names.Order(), last.Keys.Order());
    }

    private Task AddJobAsync(string id, JobState state = JobState.Running) => Server.Store.AddJobAsync(new Job
    {
        Id = id,
        WorkflowId = $"workflow of {id}",
        Type = JobType.Scan,
        State = state,
        StartedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        EndedAt = state == JobState.Completed ? DateTimeOffset.UnixEpoch : null,
    });

    private Task<bool> SetStateAsync(string id, JobState state) => Server.Store.UpdateJobAsync(
        id, new JobChange { State = state, EndedAt = state is JobState.Completed or JobState.Cancelled ? DateTimeOffset.UnixEpoch : null });

    private async Task<EventStream> OpenAsync(string path, string? lastEventId = null)
    {
        var client = Server.CreateClient();
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new EventStream(client, SseParser.Create(await response.Content.ReadAsStreamAsync()));
    }

    private sealed class EventStream(HttpClient client, SseParser<string> parser) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<SseItem<string>> items = parser.EnumerateAsync().GetAsyncEnumerator();

        public string LastEventId => parser.LastEventId;

        public string? LastEventType { get; private set; }

        public async Task<(string Id, string State)> NextAsync()
        {
            Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(Deadline));
            LastEventType = items.Current.EventType;
            var job = JsonNode.Parse(items.Current.Data)!;
            return (job["id"]!.GetValue<string>(), job["state"]!.GetValue<string>());
        }

        public ValueTask DisposeAsync()
        {
            // Ends the read in flight; the enumerator itself may not be disposed while one runs.
            client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
