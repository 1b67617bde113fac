using ImageLibrary.Temporal.Server.Execution;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Rpc;

/// <summary>Starting, signalling, cancelling and terminating workflows.</summary>
internal static class WorkflowMethods
{
    public static void Register(MethodTable methods, TemporalEngine engine)
    {
        const string Service = MethodTable.WorkflowService;
        var workflows = engine.Workflows;
        methods.Map<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>(Service, "StartWorkflowExecution", (request, _) =>
        {
            Check(engine, request.Namespace, request.WorkflowId, request.WorkflowType, request.TaskQueue, request.CronSchedule);
            RequestCheck.Policies(request.WorkflowIdReusePolicy, request.WorkflowIdConflictPolicy);
            RequestCheck.Retry(request.RetryPolicy);
            RequestCheck.Durations(
                ("WorkflowExecutionTimeout", request.WorkflowExecutionTimeout),
                ("WorkflowRunTimeout", request.WorkflowRunTimeout),
                ("WorkflowTaskTimeout", request.WorkflowTaskTimeout),
                ("WorkflowStartDelay", request.WorkflowStartDelay));
            RequestCheck.Size(request.Input, request.Memo);
            engine.Visibility.Validate(request.Namespace, request.SearchAttributes);
            return StartAsync(engine, request);
        });
        methods.Map<SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse>(Service, "SignalWithStartWorkflowExecution", (request, _) =>
        {
            Check(engine, request.Namespace, request.WorkflowId, request.WorkflowType, request.TaskQueue, request.CronSchedule);
            RequestCheck.Name(request.SignalName, "SignalName");
            RequestCheck.Policies(request.WorkflowIdReusePolicy, request.WorkflowIdConflictPolicy);
            RequestCheck.Retry(request.RetryPolicy);
            RequestCheck.Durations(
                ("WorkflowExecutionTimeout", request.WorkflowExecutionTimeout),
                ("WorkflowRunTimeout", request.WorkflowRunTimeout),
                ("WorkflowTaskTimeout", request.WorkflowTaskTimeout),
                ("WorkflowStartDelay", request.WorkflowStartDelay));
            if (request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Fail)
            {
                throw RpcException.InvalidArgument("Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation.");
            }

            RequestCheck.Size(request.Input, request.Memo, request.SignalInput);
            engine.Visibility.Validate(request.Namespace, request.SearchAttributes);
            return engine.Shard.ExecuteAsync(step => workflows.SignalWithStart(step, request));
        });
        methods.Map<SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse>(Service, "SignalWorkflowExecution", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            RequestCheck.Execution(request.WorkflowExecution);
            RequestCheck.Name(request.SignalName, "SignalName");
            RequestCheck.Size(request.Input);
            return engine.Shard.ExecuteAsync(step =>
            {
                workflows.Signal(step, request);
                return new SignalWorkflowExecutionResponse();
            });
        });
        methods.Map<RequestCancelWorkflowExecutionRequest, RequestCancelWorkflowExecutionResponse>(Service, "RequestCancelWorkflowExecution", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            RequestCheck.Execution(request.WorkflowExecution);
            return engine.Shard.ExecuteAsync(step =>
            {
                workflows.RequestCancel(step, request);
                return new RequestCancelWorkflowExecutionResponse();
            });
        });
        methods.Map<TerminateWorkflowExecutionRequest, TerminateWorkflowExecutionResponse>(Service, "TerminateWorkflowExecution", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            RequestCheck.Execution(request.WorkflowExecution);
            return engine.Shard.ExecuteAsync(step =>
            {
                workflows.Terminate(step, request);
                return new TerminateWorkflowExecutionResponse();
            });
        });
        methods.Map<DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse>(Service, "DeleteWorkflowExecution", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            RequestCheck.Execution(request.WorkflowExecution);
            return engine.Shard.ExecuteAsync(step =>
            {
                workflows.Delete(step, request);
                return new DeleteWorkflowExecutionResponse();
            });
        });
        methods.Map<DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse>(Service, "DescribeWorkflowExecution", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            RequestCheck.Execution(request.Execution);
            return engine.Shard.ExecuteAsync(_ => Description.Of(workflows.Runs.Require(request.Namespace, request.Execution.WorkflowId, request.Execution.RunId)));
        });
    }

    private static async Task<StartWorkflowExecutionResponse> StartAsync(TemporalEngine engine, StartWorkflowExecutionRequest request)
    {
        var (reply, eager) = await engine.Shard.ExecuteAsync(step => engine.Workflows.Start(step, request)).ConfigureAwait(false);
        if (eager is not null)
        {
            reply.EagerWorkflowTask = eager.Message;
            reply.EagerWorkflowTask.History = new History { Events = { eager.History!.Events(engine.Store) } };
        }

        return reply;
    }

    private static void Check(TemporalEngine engine, string namespaceName, string workflowId, WorkflowType? type, TaskQueue? queue, string cron)
    {
        engine.Namespaces.Require(namespaceName);
        RequestCheck.WorkflowId(workflowId);
        RequestCheck.Name(type?.Name, "WorkflowType");
        RequestCheck.Queue(queue);
        if (cron.Length > 0)
        {
            throw new RpcException(StatusCode.Unimplemented, "Cron schedules are not supported by this server.");
        }
    }
}
