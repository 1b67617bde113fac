using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Wire;
using ImageLibrary.Tests.Temporal.Server.Support;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Tests.Temporal.Server.Execution;

/// <summary>What is too long or too large for the server.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task CompleteTask_TimerOfVeryLongDuration_IsTaken()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        var task = await server.PollWorkflowAsync();
        await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Requests.Complete(task!, Requests.Timer("t", TimeSpan.FromDays(9000 * 365))));
        Assert.Contains(await server.HistoryAsync("a"), e => e.EventType == EventType.TimerStarted);
    }

    [Fact]
    public async Task PollActivity_VeryLongTimeout_IsHandedOut()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        var task = await server.PollWorkflowAsync();
        var activity = Requests.Activity("a");
        activity.ScheduleActivityTaskCommandAttributes.StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromDays(9000 * 365));
        await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Requests.Complete(task!, activity));
        PollActivityTaskQueueResponse? attempt = null;
        for (var i = 0; i < 5 && attempt is null; i++)
        {
            attempt = await server.PollActivityAsync();
            await server.AdvanceAsync(TimeSpan.FromSeconds(2));
        }

        Assert.NotNull(attempt);
    }

    [Fact]
    public async Task Start_VeryLongExecutionTimeout_IsTaken()
    {
        await using var server = await TestEngine.StartAsync();
        var request = Requests.Start("a");
        request.WorkflowExecutionTimeout = Duration.FromTimeSpan(TimeSpan.FromDays(200 * 365));
        await server.CallAsync<StartWorkflowExecutionResponse>(request);
    }

    [Fact]
    public void Timeout_AsLongAsTheHeaderCanSay_MakesADeadline()
    {
        using var source = new CancellationTokenSource(GrpcTimeout.Parse("99999999S")!.Value, TimeProvider.System);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(1200, false)]
    public async Task List_ManyAlternatives_IsAnsweredOrRefused(int alternatives, bool isAnswered)
    {
        await using var server = await TestEngine.StartAsync();
        var request = new ListWorkflowExecutionsRequest
        {
            Namespace = TestEngine.Namespace,
            Query = string.Join(" OR ", Enumerable.Repeat("RunId=''", alternatives)),
        };
        if (isAnswered)
        {
            Assert.Empty((await server.CallAsync<ListWorkflowExecutionsResponse>(request)).Executions);
        }
        else
        {
            Assert.Equal(StatusCode.InvalidArgument, await server.RefusalAsync<ListWorkflowExecutionsResponse>(request));
        }
    }

    [Fact]
    public async Task CompleteTask_ActivityInputOfTenMegabytes_EndsTheWorkflow()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        var task = await server.PollWorkflowAsync();
        var activity = Requests.Activity("large");
        activity.ScheduleActivityTaskCommandAttributes.Input = Requests.Payloads(new string('x', 10 << 20));
        await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Requests.Complete(task!, activity));

        var history = await server.HistoryAsync("a");
        Assert.DoesNotContain(history, e => e.EventType == EventType.ActivityTaskScheduled);
        Assert.Equal(EventType.WorkflowExecutionTerminated, history[^1].EventType);
    }

    [Fact]
    public async Task Heartbeat_DetailsTooLarge_FailTheActivity()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        var task = await server.PollWorkflowAsync();
        await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Requests.Complete(task!, Requests.Activity("one")));
        var attempt = await server.PollActivityAsync();

        var reply = await server.CallAsync<RecordActivityTaskHeartbeatResponse>(new RecordActivityTaskHeartbeatRequest
        {
            Namespace = TestEngine.Namespace,
            TaskToken = attempt!.TaskToken,
            Details = Requests.Payloads(new string('x', 3 << 20)),
        });

        Assert.True(reply.CancelRequested);
        var failed = Assert.Single(await server.HistoryAsync("a"), e => e.EventType == EventType.ActivityTaskFailed);
        Assert.Equal("Heartbeat details exceeds size limit.", failed.ActivityTaskFailedEventAttributes.Failure.Message);
    }
}
