using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker.WorkflowRuntime;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Runtime;

public sealed class HistoryBufferTests
{
    private const string Simple = "start scheduled started completed timer fired scheduled started completed end";

    [Fact]
    public async Task TakeAsync_SeveralTasks_CutsAtTheirStarts() => Assert.Equal(
        ["start scheduled started", "completed timer fired scheduled started", "completed end"], await CutAsync(Simple));

    [Fact]
    public async Task TakeAsync_FailedAndTimedOutTasks_DoNotCut() => Assert.Equal(
        ["start scheduled started failed scheduled started timedOut scheduled started", "completed end"],
        await CutAsync("start scheduled started failed scheduled started timedOut scheduled started completed end"));

    [Fact]
    public async Task TakeAsync_HeartbeatTasks_Merge() => Assert.Equal(
        ["start scheduled started completed scheduled started", "completed end"],
        await CutAsync("start scheduled started completed scheduled started completed end"));

    [Fact]
    public async Task TakeAsync_RunTerminatedDuringATask_EndsTheHistory() => Assert.Equal(
        ["start scheduled started", "completed timer fired scheduled started terminated"],
        await CutAsync("start scheduled started completed timer fired scheduled started terminated"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task TakeAsync_AnyPageSizeAndAnEmptyLastPage_CutsTheSame(int pageSize) =>
        Assert.Equal(await CutAsync(Simple), await CutAsync(Simple, pageSize));

    [Fact]
    public async Task TakeAsync_AfterAnAppliedEvent_DropsWhatWasBefore()
    {
        var buffer = new HistoryBuffer(new(Events(Simple), ByteString.Empty), NoPage);
        var sequence = await buffer.TakeAsync(3, CancellationToken.None);
        Assert.Equal(4, sequence!.Events[0].EventId);
    }

    [Fact]
    public async Task Peek_AfterTaking_ShowsTheNextSequence()
    {
        var buffer = new HistoryBuffer(new(Events(Simple), ByteString.Empty), NoPage);
        await buffer.TakeAsync(0, CancellationToken.None);
        Assert.Equal([4, 5, 6, 7, 8], buffer.Peek().Select(e => e.EventId));
    }

    private static async Task<List<string>> CutAsync(string history, int? pageSize = null)
    {
        var events = Events(history);
        var size = pageSize ?? events.Count;
        var buffer = new HistoryBuffer(
            new(events[..size], pageSize == null ? ByteString.Empty : ByteString.CopyFromUtf8($"{size}")),
            (token, _) =>
            {
                var from = int.Parse(token.ToStringUtf8(), System.Globalization.CultureInfo.InvariantCulture);
                var page = events.Skip(from).Take(size).ToList();
                return Task.FromResult(new HistoryPage(
                    page, page.Count == 0 ? ByteString.Empty : ByteString.CopyFromUtf8($"{from + size}")));
            });
        var sequences = new List<string>();
        for (long applied = 0; await buffer.TakeAsync(applied, CancellationToken.None) is { } sequence;)
        {
            sequences.Add(string.Join(' ', sequence.Events.Select(e => history.Split(' ')[e.EventId - 1])));
            applied = sequence.Events[^1].EventId;
        }

        return sequences;
    }

    private static Task<HistoryPage> NoPage(ByteString token, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("There is no further page");

    private static List<HistoryEvent> Events(string history) => [.. history.Split(' ').Select((name, index) => new HistoryEvent
    {
        EventId = index + 1,
        EventType = name switch
        {
            "start" => EventType.WorkflowExecutionStarted,
            "scheduled" => EventType.WorkflowTaskScheduled,
            "started" => EventType.WorkflowTaskStarted,
            "completed" => EventType.WorkflowTaskCompleted,
            "failed" => EventType.WorkflowTaskFailed,
            "timedOut" => EventType.WorkflowTaskTimedOut,
            "timer" => EventType.TimerStarted,
            "fired" => EventType.TimerFired,
            "terminated" => EventType.WorkflowExecutionTerminated,
            "end" => EventType.WorkflowExecutionCompleted,
            _ => throw new ArgumentException(name),
        },
    })];
}
