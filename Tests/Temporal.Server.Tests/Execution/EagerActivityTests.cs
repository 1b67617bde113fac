using ImageLibrary.Tests.Temporal.Server.Support;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Tests.Temporal.Server.Execution;

public sealed class EagerActivityTests
{
    [Theory]
    [InlineData(TestEngine.Queue, true)]
    [InlineData("another-queue", false)]
    public async Task Complete_WorkerAsksForTheActivity_GetsItIfItIsOnItsQueue(string queue, bool expected)
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        var activity = Requests.Activity("x");
        activity.ScheduleActivityTaskCommandAttributes.RequestEagerExecution = true;
        activity.ScheduleActivityTaskCommandAttributes.TaskQueue.Name = queue;

        var reply = await server.CallAsync<RespondWorkflowTaskCompletedResponse>(Requests.Complete((await server.PollWorkflowAsync())!, activity));

        Assert.Equal(expected, reply.ActivityTasks.Count == 1);
        Assert.Null(await server.PollActivityAsync());
        if (expected)
        {
            await server.CallAsync<RespondActivityTaskCompletedResponse>(new RespondActivityTaskCompletedRequest { TaskToken = reply.ActivityTasks[0].TaskToken });
            Assert.Single(await server.HistoryAsync("a"), e => e.EventType == EventType.ActivityTaskCompleted);
        }
    }
}
