using Google.Protobuf;
using ImageLibrary.Tests.Temporal.Conformance.Servers;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace ImageLibrary.Tests.Temporal.Conformance;

/// <summary>Requests that no server may accept, and the code that both answer with.</summary>
public sealed class BadRequestTests(BothServers servers)
{
    private static readonly Dictionary<string, (RpcException.StatusCode Code, Func<Session, Task> Call)> Cases = new()
    {
        ["unknown namespace"] = (RpcException.StatusCode.NotFound, s => s.StartAsync(request => request.Namespace = "no-such-namespace")),
        ["no namespace"] = (RpcException.StatusCode.InvalidArgument, s => s.StartAsync(request => request.Namespace = "")),
        ["no workflow id"] = (RpcException.StatusCode.InvalidArgument, s => s.StartAsync(request => request.WorkflowId = "")),
        ["long workflow id"] = (RpcException.StatusCode.InvalidArgument, s => s.StartAsync(request => request.WorkflowId = new string('x', 1001))),
        ["no workflow type"] = (RpcException.StatusCode.InvalidArgument, s => s.StartAsync(request => request.WorkflowType = null)),
        ["no task queue"] = (RpcException.StatusCode.InvalidArgument, s => s.StartAsync(request => request.TaskQueue = null)),
        ["negative timeout"] = (RpcException.StatusCode.InvalidArgument, s => s.StartAsync(request => request.WorkflowRunTimeout = Session.Seconds(-1))),
        ["bad coefficient"] = (RpcException.StatusCode.InvalidArgument, s => s.StartAsync(request => request.RetryPolicy = new() { BackoffCoefficient = 0.5 })),
        ["negative attempts"] = (RpcException.StatusCode.InvalidArgument, s => s.StartAsync(request => request.RetryPolicy = new() { MaximumAttempts = -1 })),
        ["contradicting policies"] = (RpcException.StatusCode.InvalidArgument, s => s.StartAsync(request =>
        {
            request.WorkflowIdReusePolicy = Temporalio.Api.Enums.V1.WorkflowIdReusePolicy.RejectDuplicate;
            request.WorkflowIdConflictPolicy = Temporalio.Api.Enums.V1.WorkflowIdConflictPolicy.TerminateExisting;
        })),
        ["large input"] = (RpcException.StatusCode.InvalidArgument, s => s.StartAsync(request => request.Input = Commands.Text(new string('x', 3 << 20)))),
        ["signal to nobody"] = (RpcException.StatusCode.NotFound, s => s.SignalAsync()),
        ["signal without name"] = (RpcException.StatusCode.InvalidArgument, s => s.SignalAsync(name: "")),
        ["signal without id"] = (RpcException.StatusCode.InvalidArgument, s => s.SignalAsync(workflowId: "")),
        ["signal without execution"] = (RpcException.StatusCode.InvalidArgument, s => s.Service.SignalWorkflowExecutionAsync(
            new() { Namespace = Session.Namespace, SignalName = "signal" }, Session.Once)),
        ["terminate nobody"] = (RpcException.StatusCode.NotFound, s => s.TerminateAsync()),
        ["cancel nobody"] = (RpcException.StatusCode.NotFound, s => s.CancelAsync()),
        ["describe nobody"] = (RpcException.StatusCode.NotFound, s => s.DescribeAsync()),
        ["describe a bad run id"] = (RpcException.StatusCode.InvalidArgument, s => s.DescribeAsync(runId: "no-run")),
        ["describe an unknown run"] = (RpcException.StatusCode.NotFound, s => s.DescribeAsync(runId: Guid.NewGuid().ToString())),
        ["history of nobody"] = (RpcException.StatusCode.NotFound, s => s.HistoryAsync()),
        ["history without execution"] = (RpcException.StatusCode.InvalidArgument, s => s.Service.GetWorkflowExecutionHistoryAsync(
            new() { Namespace = Session.Namespace }, Session.Once)),
        ["delete nobody"] = (RpcException.StatusCode.NotFound, s => s.Service.DeleteWorkflowExecutionAsync(
            new() { Namespace = Session.Namespace, WorkflowExecution = s.Execution }, Session.Once)),
        ["query without query"] = (RpcException.StatusCode.InvalidArgument, s => s.Service.QueryWorkflowAsync(
            new() { Namespace = Session.Namespace, Execution = s.Execution }, Session.Once)),
        ["query nobody"] = (RpcException.StatusCode.NotFound, s => s.Service.QueryWorkflowAsync(
            new() { Namespace = Session.Namespace, Execution = s.Execution, Query = new() { QueryType = "question" } }, Session.Once)),
        ["poll without queue"] = (RpcException.StatusCode.InvalidArgument, s => s.Service.PollWorkflowTaskQueueAsync(
            new() { Namespace = Session.Namespace }, Session.Once)),
        ["poll in an unknown namespace"] = (RpcException.StatusCode.NotFound, s => s.Service.PollActivityTaskQueueAsync(
            new() { Namespace = "no-such-namespace", TaskQueue = new() { Name = s.Queue } }, Session.Once)),
        ["empty workflow task token"] = (RpcException.StatusCode.InvalidArgument, s => s.Service.RespondWorkflowTaskCompletedAsync(
            new RespondWorkflowTaskCompletedRequest { Namespace = Session.Namespace }, Session.Once)),
        ["bad activity task token"] = (RpcException.StatusCode.InvalidArgument, s => s.Service.RespondActivityTaskCompletedAsync(
            new() { Namespace = Session.Namespace, TaskToken = ByteString.CopyFromUtf8("not a token") }, Session.Once)),
        ["activity by unknown id"] = (RpcException.StatusCode.NotFound, s => s.Service.RespondActivityTaskCompletedByIdAsync(
            new() { Namespace = Session.Namespace, WorkflowId = s.Id, ActivityId = "activity" }, Session.Once)),
        ["activity in an unknown namespace"] = (RpcException.StatusCode.NotFound, s => s.Service.RespondActivityTaskCompletedByIdAsync(
            new() { Namespace = "no-such-namespace", WorkflowId = s.Id, ActivityId = "activity" }, Session.Once)),
        ["list with a bad query"] = (RpcException.StatusCode.InvalidArgument, s => s.Service.ListWorkflowExecutionsAsync(
            new() { Namespace = Session.Namespace, Query = "this is no query" }, Session.Once)),
        ["namespace exists"] = (RpcException.StatusCode.AlreadyExists, s => s.Service.RegisterNamespaceAsync(
            new() { Namespace = Session.Namespace, WorkflowExecutionRetentionPeriod = Session.Seconds(86400) }, Session.Once)),
        ["describe an unknown namespace"] = (RpcException.StatusCode.NotFound, s => s.Service.DescribeNamespaceAsync(
            new() { Namespace = "no-such-namespace" }, Session.Once)),
        ["update nobody"] = (RpcException.StatusCode.NotFound, s => s.Service.UpdateWorkflowExecutionAsync(
            new() { Namespace = Session.Namespace, WorkflowExecution = s.Execution, Request = new() { Meta = new() { UpdateId = "u" }, Input = new() { Name = "n" } } }, Session.Once)),
    };

    public static MatrixTheoryData<ServerKind, string> Requests { get; } = new MatrixTheoryData<ServerKind, string>([ServerKind.Official, ServerKind.Embedded], [.. Cases.Keys]);

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Call_BadRequest_IsRefusedWithTheSameCode(ServerKind kind, string request)
    {
        var (code, call) = Cases[request];
        Assert.Equal(code, await Session.RefusalAsync(() => call(servers.Open(kind))));
    }
}
