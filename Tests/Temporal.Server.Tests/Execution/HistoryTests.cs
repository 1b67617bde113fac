using ImageLibrary.Tests.Temporal.Server.Support;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Tests.Temporal.Server.Execution;

/// <summary>Waiting for events.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task History_PollsGivenUp_LeaveNothing()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        for (var i = 0; i < 50; i++)
        {
            using var giveUp = new CancellationTokenSource();
            var poll = server.CallAsync<GetWorkflowExecutionHistoryResponse>(
                new GetWorkflowExecutionHistoryRequest
                {
                    Namespace = TestEngine.Namespace,
                    Execution = new() { WorkflowId = "a" },
                    WaitNewEvent = true,
                    HistoryEventFilterType = HistoryEventFilterType.CloseEvent,
                },
                giveUp.Token);
            await server.SettleAsync();
            await giveUp.CancelAsync();
            await Record.ExceptionAsync(() => poll);
        }

        await server.SettleAsync();
        Assert.Equal(0, await server.Engine.Shard.ExecuteAsync(_ => server.Engine.Workflows.Runs.FindCurrent(TestEngine.Namespace, "a")!.HistoryWaiters));
    }
}
