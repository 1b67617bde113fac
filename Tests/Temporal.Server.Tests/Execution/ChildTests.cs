using ImageLibrary.Tests.Temporal.Server.Support;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Tests.Temporal.Server.Execution;

public sealed class ChildTests
{
    [Fact]
    public async Task StartChild_OfTheParentsOwnIdTerminatingIt_HistoryEndsWithTheTermination()
    {
        await using var server = await TestEngine.StartAsync();
        var parent = await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        var task = await server.PollWorkflowAsync();
        await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Requests.Complete(task!, new Command
        {
            CommandType = CommandType.StartChildWorkflowExecution,
            StartChildWorkflowExecutionCommandAttributes = new()
            {
                WorkflowId = "a",
                WorkflowType = new() { Name = "Type" },
                TaskQueue = new() { Name = TestEngine.Queue },
                WorkflowIdReusePolicy = (WorkflowIdReusePolicy)4,
            },
        }));
        var history = await server.HistoryAsync("a", parent.RunId);
        Assert.Equal("WorkflowExecutionTerminated", string.Join(",", history.Select(e => e.EventType)).Split(',')[^1]);
    }
}
