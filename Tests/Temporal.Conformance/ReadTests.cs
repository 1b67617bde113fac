using ImageLibrary.Tests.Temporal.Conformance.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace ImageLibrary.Tests.Temporal.Conformance;

public sealed class ReadTests(BothServers servers)
{
    public static TheoryData<ServerKind> Kinds => BothServers.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task History_WaitForNew_AnswersWhenSomethingComes(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync();
        var first = await HistoryAsync(session, new() { WaitNewEvent = true });
        Assert.Equal(4, first.History.Events.Count);
        Assert.False(first.NextPageToken.IsEmpty);
        var waiting = HistoryAsync(session, new() { WaitNewEvent = true, NextPageToken = first.NextPageToken });
        Assert.False(waiting.IsCompleted);

        await session.SignalAsync();

        Assert.Equal("WorkflowExecutionSignaled WorkflowTaskScheduled", Session.Line((await waiting).History.Events));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task History_CloseEvent_ComesWhenTheRunCloses(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync();
        var waiting = HistoryAsync(session, new() { WaitNewEvent = true, HistoryEventFilterType = HistoryEventFilterType.CloseEvent });

        await session.TerminateAsync();

        var reply = await waiting;
        Assert.Equal("WorkflowExecutionTerminated", Session.Line(reply.History.Events));
        Assert.True(reply.NextPageToken.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task History_InPages_IsWholeBothWays(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync(Commands.Timer("a", 600), Commands.Timer("b", 600));
        await session.SignalAsync();
        var whole = (await session.HistoryAsync()).Select(e => e.EventId).ToList();
        var forward = new List<long>();
        for (var reply = await HistoryAsync(session, new() { MaximumPageSize = 2 }); ; reply = await HistoryAsync(session, new() { MaximumPageSize = 2, NextPageToken = reply.NextPageToken }))
        {
            forward.AddRange(reply.History.Events.Select(e => e.EventId));
            if (reply.NextPageToken.IsEmpty)
            {
                break;
            }
        }

        var backward = await session.Service.GetWorkflowExecutionHistoryReverseAsync(new() { Namespace = Session.Namespace, Execution = session.Execution }, Session.Once);
        Assert.Equal(whole, forward);
        Assert.Equal(whole.AsEnumerable().Reverse(), backward.History.Events.Select(e => e.EventId));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task List_BySearchAttributes_FindsTheWorkflow(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.StartAsync(request => request.SearchAttributes = new()
        {
            IndexedFields =
            {
                ["ConformanceWord"] = Commands.Attribute($"\"{session.Id}\"", "Keyword"),
                ["ConformanceNumber"] = Commands.Attribute("1", "Int"),
            },
        });
        await session.CompleteAsync(await session.PollAsync(), Commands.Upsert("ConformanceNumber", "5", "Int"));

        var word = $"ConformanceWord = '{session.Id}'";
        await Session.UntilAsync(async () => await CountAsync(session, $"{word} AND ConformanceNumber > 4") == 1);
        Assert.Equal(0, await CountAsync(session, $"{word} AND ConformanceNumber < 5"));
        Assert.Equal(1, await CountAsync(session, $"{word} AND ConformanceNumber BETWEEN 5 AND 6 AND ExecutionStatus = 'Running' AND WorkflowType = 'Type'"));
        Assert.Equal(0, await CountAsync(session, $"{word} AND ExecutionStatus IN ('Completed', 'Failed')"));
        Assert.Equal(1, await CountAsync(session, $"WorkflowId STARTS_WITH '{session.Id[..^2]}' AND CloseTime IS NULL"));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, await Session.RefusalAsync(() => CountAsync(session, "NoSuchAttribute = 1")));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, await Session.RefusalAsync(() => CountAsync(session, "WorkflowId = = 1")));

        var listed = await session.Service.ListWorkflowExecutionsAsync(new() { Namespace = Session.Namespace, Query = word }, Session.Once);
        Assert.Equal("5", Assert.Single(listed.Executions).SearchAttributes.IndexedFields["ConformanceNumber"].Data.ToStringUtf8());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Start_UnknownSearchAttribute_IsRefused(ServerKind kind)
    {
        var session = servers.Open(kind);
        Assert.Equal(
            RpcException.StatusCode.InvalidArgument,
            await Session.RefusalAsync(() => session.StartAsync(request => request.SearchAttributes = new() { IndexedFields = { ["NoSuch"] = Commands.Attribute("1", "Int") } })));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DescribeTaskQueue_AfterAPoll_NamesThePollerAndTheBacklog(ServerKind kind)
    {
        var session = servers.Open(kind);
        await session.BeginAsync();
        await session.SignalAsync();

        DescribeTaskQueueResponse? reply = null;
        await Session.UntilAsync(async () => (reply = await session.DescribeQueueAsync(new() { Name = session.Queue })).Stats?.ApproximateBacklogCount == 1);

        Assert.Equal("worker", Assert.Single(reply!.Pollers).Identity);
    }

    private static Task<GetWorkflowExecutionHistoryResponse> HistoryAsync(Session session, GetWorkflowExecutionHistoryRequest request)
    {
        request.Namespace = Session.Namespace;
        request.Execution = session.Execution;
        return session.Service.GetWorkflowExecutionHistoryAsync(request, Session.Once);
    }

    private static async Task<long> CountAsync(Session session, string query) =>
        (await session.Service.CountWorkflowExecutionsAsync(new() { Namespace = Session.Namespace, Query = query }, Session.Once)).Count;
}
