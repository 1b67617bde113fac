using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Tests.Temporal.Conformance.Servers;

/// <summary>Commands of workflows.</summary>
internal static class Commands
{
    public static Command Complete() =>
        new() { CommandType = CommandType.CompleteWorkflowExecution, CompleteWorkflowExecutionCommandAttributes = new() { Result = Text("done") } };

    public static Command Fail() =>
        new() { CommandType = CommandType.FailWorkflowExecution, FailWorkflowExecutionCommandAttributes = new() { Failure = new() { Message = "failed" } } };

    public static Command Cancel() =>
        new() { CommandType = CommandType.CancelWorkflowExecution, CancelWorkflowExecutionCommandAttributes = new() };

    public static Command ContinueAsNew() =>
        new() { CommandType = CommandType.ContinueAsNewWorkflowExecution, ContinueAsNewWorkflowExecutionCommandAttributes = new() { Input = Text("next") } };

    public static Command Timer(string id, double seconds) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new() { TimerId = id, StartToFireTimeout = Session.Seconds(seconds) },
    };

    public static Command CancelTimer(string id) => new() { CommandType = CommandType.CancelTimer, CancelTimerCommandAttributes = new() { TimerId = id } };

    public static Command Activity(Session session, Action<ScheduleActivityTaskCommandAttributes>? change = null)
    {
        var attributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = "activity",
            ActivityType = new() { Name = "Activity" },
            TaskQueue = new() { Name = session.Queue },
            StartToCloseTimeout = Session.Seconds(30),
            RetryPolicy = new() { InitialInterval = Session.Seconds(0.1), MaximumAttempts = 2 },
        };
        change?.Invoke(attributes);
        return new Command { CommandType = CommandType.ScheduleActivityTask, ScheduleActivityTaskCommandAttributes = attributes };
    }

    public static Command CancelActivity(long scheduledEventId) => new()
    {
        CommandType = CommandType.RequestCancelActivityTask,
        RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = scheduledEventId },
    };

    public static Command Child(Session session, ParentClosePolicy policy = ParentClosePolicy.Unspecified) => new()
    {
        CommandType = CommandType.StartChildWorkflowExecution,
        StartChildWorkflowExecutionCommandAttributes = new()
        {
            WorkflowId = ChildId(session),
            WorkflowType = new() { Name = "Child" },
            TaskQueue = new() { Name = session.Queue },
            ParentClosePolicy = policy,
        },
    };

    public static string ChildId(Session session) => $"{session.Id}-child";

    public static Command SignalExternal(string workflowId) => new()
    {
        CommandType = CommandType.SignalExternalWorkflowExecution,
        SignalExternalWorkflowExecutionCommandAttributes = new() { Execution = new() { WorkflowId = workflowId }, SignalName = "external" },
    };

    public static Command CancelExternal(string workflowId) => new()
    {
        CommandType = CommandType.RequestCancelExternalWorkflowExecution,
        RequestCancelExternalWorkflowExecutionCommandAttributes = new() { WorkflowId = workflowId },
    };

    public static Command Upsert(string name, string json, string type) => new()
    {
        CommandType = CommandType.UpsertWorkflowSearchAttributes,
        UpsertWorkflowSearchAttributesCommandAttributes = new() { SearchAttributes = new() { IndexedFields = { [name] = Attribute(json, type) } } },
    };

    public static Payload Attribute(string json, string type) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain"), ["type"] = ByteString.CopyFromUtf8(type) },
        Data = ByteString.CopyFromUtf8(json),
    };

    public static Payloads Text(string text) => new()
    {
        Payloads_ = { new Payload { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") }, Data = ByteString.CopyFromUtf8($"\"{text}\"") } },
    };
}
