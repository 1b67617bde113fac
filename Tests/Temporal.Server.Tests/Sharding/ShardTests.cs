using ImageLibrary.Temporal.Server.Wire;
using ImageLibrary.Tests.Temporal.Server.Support;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Tests.Temporal.Server.Sharding;

public sealed class ShardTests
{
    [Fact]
    public async Task Execute_HandlerFailsAfterChangingARun_RunIsAsOnDisk()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        await server.CallAsync<SignalWorkflowExecutionResponse>(Requests.Signal("a", "first"));

        var failure = await Assert.ThrowsAsync<RpcException>(() => server.Engine.Shard.ExecuteAsync<bool>(step =>
        {
            server.Engine.Workflows.Signal(step, Requests.Signal("a", "lost"));
            throw new InvalidOperationException("a fault");
        }));

        Assert.Equal(StatusCode.Internal, failure.Code);
        await server.CallAsync<SignalWorkflowExecutionResponse>(Requests.Signal("a", "second"));
        Assert.Equal(["first", "second"], Signals(await server.HistoryAsync("a")));
        await server.RestartAsync();
        Assert.Equal(["first", "second"], Signals(await server.HistoryAsync("a")));
    }

    /// <summary>So that a caller that lists tasks finds the one that its call has made.</summary>
    [Fact]
    public async Task Execute_CallIsAnswered_WhatFollowsComesBeforeTheNextCall()
    {
        await using var server = await TestEngine.StartAsync();
        var happened = 0;
        for (var call = 1; call <= 500; call++)
        {
            await server.Engine.Shard.ExecuteAsync(step =>
            {
                step.Writes.Others.Add(_ => { });
                step.AfterCommit(() => happened++);
                return true;
            });

            Assert.Equal(call, await server.Engine.Shard.ExecuteAsync(_ => happened));
        }
    }

    [Fact]
    public async Task Execute_HandlerRefusesAfterChangingARun_RunIsAsOnDisk()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));

        await Assert.ThrowsAsync<RpcException>(() => server.Engine.Shard.ExecuteAsync<bool>(step =>
        {
            server.Engine.Workflows.Terminate(step, Requests.Terminate("a"));
            throw RpcException.InvalidArgument("refused");
        }));

        var description = await server.CallAsync<DescribeWorkflowExecutionResponse>(
            new DescribeWorkflowExecutionRequest { Namespace = TestEngine.Namespace, Execution = new() { WorkflowId = "a" } });
        Assert.Equal(WorkflowExecutionStatus.Running, description.WorkflowExecutionInfo.Status);
    }

    [Fact]
    public async Task Execute_HandlerFailsAfterReplacingARun_IdStandsForTheFormerRun()
    {
        await using var server = await TestEngine.StartAsync();
        var former = await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        await server.CallAsync<TerminateWorkflowExecutionResponse>(Requests.Terminate("a"));

        await Assert.ThrowsAsync<RpcException>(() => server.Engine.Shard.ExecuteAsync<bool>(step =>
        {
            server.Engine.Workflows.Start(step, Requests.Start("a"));
            throw new InvalidOperationException("a fault");
        }));

        var events = await server.HistoryAsync("a");
        Assert.Equal(former.RunId, events[0].WorkflowExecutionStartedEventAttributes.FirstExecutionRunId);
        var next = await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        Assert.NotEqual(former.RunId, next.RunId);
    }

    [Fact]
    public async Task Execute_HandlerFails_TaskAndTimersOfTheRunGoOn()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        var task = await server.PollWorkflowAsync();
        await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Requests.Complete(task!, Requests.Timer("t", TimeSpan.FromSeconds(30)), Requests.Activity("x")));

        await Assert.ThrowsAsync<RpcException>(() => server.Engine.Shard.ExecuteAsync<bool>(step =>
        {
            server.Engine.Workflows.Signal(step, Requests.Signal("a", "lost"));
            throw new InvalidOperationException("a fault");
        }));
        await server.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.Equal("x", (await server.PollActivityAsync())?.ActivityId);
        await server.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Single(await server.HistoryAsync("a"), e => e.EventType == EventType.TimerFired);
        Assert.NotNull(await server.PollWorkflowAsync());
    }

    [Fact]
    public async Task Apply_HandlerFails_LaterTimersStillFire()
    {
        await using var server = await TestEngine.StartAsync();
        var fired = false;
        await server.Engine.Shard.ExecuteAsync(_ =>
        {
            server.Engine.Shard.Timers.Add(server.Time.GetUtcNow().AddSeconds(1), () => true, () => throw new InvalidOperationException("a fault"));
            server.Engine.Shard.Timers.Add(server.Time.GetUtcNow().AddSeconds(1), () => true, () => fired = true);
            return true;
        });

        await server.AdvanceAsync(TimeSpan.FromSeconds(2));
        await server.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.True(fired);
    }

    private static IEnumerable<string> Signals(IEnumerable<Temporalio.Api.History.V1.HistoryEvent> events) =>
        events.Where(e => e.EventType == EventType.WorkflowExecutionSignaled).Select(e => e.WorkflowExecutionSignaledEventAttributes.RequestId);
}
