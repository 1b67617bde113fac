using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Tests.Temporal.Server.Support;

/// <summary>Requests and commands with what the tests do not care about filled in.</summary>
internal static class Requests
{
    public static StartWorkflowExecutionRequest Start(string workflowId, string? requestId = null) => new()
    {
        Namespace = TestEngine.Namespace,
        WorkflowId = workflowId,
        WorkflowType = new WorkflowType { Name = "Type" },
        TaskQueue = new() { Name = TestEngine.Queue },
        RequestId = requestId ?? Guid.NewGuid().ToString(),
    };

    public static SignalWorkflowExecutionRequest Signal(string workflowId, string requestId) => new()
    {
        Namespace = TestEngine.Namespace,
        WorkflowExecution = new WorkflowExecution { WorkflowId = workflowId },
        SignalName = "signal",
        RequestId = requestId,
    };

    public static TerminateWorkflowExecutionRequest Terminate(string workflowId) =>
        new() { Namespace = TestEngine.Namespace, WorkflowExecution = new WorkflowExecution { WorkflowId = workflowId } };

    public static RespondWorkflowTaskCompletedRequest Complete(PollWorkflowTaskQueueResponse task, params IEnumerable<Command> commands) =>
        new() { Namespace = TestEngine.Namespace, TaskToken = task.TaskToken, Identity = TestEngine.Worker, Commands = { commands } };

    public static Command CompleteWorkflow() => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new() { Result = Payloads("done") },
    };

    public static Command Activity(string id, int maximumAttempts = 0, int heartbeatSeconds = 0) => new()
    {
        CommandType = CommandType.ScheduleActivityTask,
        ScheduleActivityTaskCommandAttributes = new()
        {
            ActivityId = id,
            ActivityType = new ActivityType { Name = "Activity" },
            TaskQueue = new() { Name = TestEngine.Queue },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
            HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(heartbeatSeconds)),
            RetryPolicy = new RetryPolicy { MaximumAttempts = maximumAttempts },
        },
    };

    public static Command Timer(string id, TimeSpan duration) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new() { TimerId = id, StartToFireTimeout = Duration.FromTimeSpan(duration) },
    };

    public static Payloads Payloads(string text) => new()
    {
        Payloads_ = { new Payload { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") }, Data = ByteString.CopyFromUtf8($"\"{text}\"") } },
    };
}
