using ImageLibrary.Temporal.Server.Execution;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Rpc;

/// <summary>Starting, signalling, cancelling and terminating workflows.</summary>
internal static class WorkflowMethods
{
    private const int MaximumIdLength = 1000;

    public static void Register(MethodTable methods, TemporalEngine engine)
    {
        const string Service = MethodTable.WorkflowService;
        var workflows = engine.Workflows;
        methods.Map<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>(Service, "StartWorkflowExecution", (request, _) =>
        {
            Check(engine, request.Namespace, request.WorkflowId, request.WorkflowType, request.TaskQueue?.Name, request.CronSchedule);
            CheckPayloads(request.Input, request.Memo);
            engine.Visibility.Validate(request.Namespace, request.SearchAttributes);
            return engine.Shard.ExecuteAsync(step => workflows.Start(step, request));
        });
        methods.Map<SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse>(Service, "SignalWithStartWorkflowExecution", (request, _) =>
        {
            Check(engine, request.Namespace, request.WorkflowId, request.WorkflowType, request.TaskQueue?.Name, request.CronSchedule);
            CheckPayloads(request.Input, request.Memo);
            CheckPayloads(request.SignalInput, null);
            engine.Visibility.Validate(request.Namespace, request.SearchAttributes);
            return engine.Shard.ExecuteAsync(step => workflows.SignalWithStart(step, request));
        });
        methods.Map<SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse>(Service, "SignalWorkflowExecution", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            CheckPayloads(request.Input, null);
            return engine.Shard.ExecuteAsync(step =>
            {
                workflows.Signal(step, request);
                return new SignalWorkflowExecutionResponse();
            });
        });
        methods.Map<RequestCancelWorkflowExecutionRequest, RequestCancelWorkflowExecutionResponse>(Service, "RequestCancelWorkflowExecution", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            return engine.Shard.ExecuteAsync(step =>
            {
                workflows.RequestCancel(step, request);
                return new RequestCancelWorkflowExecutionResponse();
            });
        });
        methods.Map<TerminateWorkflowExecutionRequest, TerminateWorkflowExecutionResponse>(Service, "TerminateWorkflowExecution", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            return engine.Shard.ExecuteAsync(step =>
            {
                workflows.Terminate(step, request);
                return new TerminateWorkflowExecutionResponse();
            });
        });
        methods.Map<DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse>(Service, "DescribeWorkflowExecution", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            return engine.Shard.ExecuteAsync(_ => Description.Of(workflows.Runs.Require(request.Namespace, request.Execution.WorkflowId, request.Execution.RunId)));
        });
    }

    private static void Check(TemporalEngine engine, string namespaceName, string workflowId, WorkflowType? type, string? queue, string cron)
    {
        engine.Namespaces.Require(namespaceName);
        if (workflowId.Length is 0 or > MaximumIdLength)
        {
            throw RpcException.InvalidArgument(workflowId.Length == 0 ? "WorkflowId is not set on request." : "WorkflowId length exceeds limit.");
        }

        if (type?.Name is not { Length: > 0 and <= MaximumIdLength })
        {
            throw RpcException.InvalidArgument("WorkflowType is not set on request, or too long.");
        }

        if (queue is not { Length: > 0 and <= MaximumIdLength })
        {
            throw RpcException.InvalidArgument("missing task queue name");
        }

        if (cron.Length > 0)
        {
            throw new RpcException(StatusCode.Unimplemented, "Cron schedules are not supported by this server.");
        }
    }

    private static void CheckPayloads(Payloads? input, Memo? memo)
    {
        if (input?.CalculateSize() > SystemMethods.BlobSizeLimit || memo?.CalculateSize() > SystemMethods.BlobSizeLimit)
        {
            throw RpcException.InvalidArgument("Blob data size exceeds limit.");
        }
    }
}
