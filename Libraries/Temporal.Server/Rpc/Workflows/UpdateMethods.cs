using ImageLibrary.Temporal.Server.Execution;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Rpc;

/// <summary>Sending updates and waiting for their stages.</summary>
internal static class UpdateMethods
{
    /// <summary>A call waits so long for the stage that it asks for, then answers with the one reached.</summary>
    private static readonly TimeSpan StageWait = TimeSpan.FromSeconds(20);

    public static void Register(MethodTable methods, TemporalEngine engine)
    {
        const string Service = MethodTable.WorkflowService;
        methods.Map<UpdateWorkflowExecutionRequest, UpdateWorkflowExecutionResponse>(Service, "UpdateWorkflowExecution", (request, call) => UpdateAsync(engine, request, call));
        methods.Map<PollWorkflowExecutionUpdateRequest, PollWorkflowExecutionUpdateResponse>(Service, "PollWorkflowExecutionUpdate", (request, call) => PollAsync(engine, request, call));
    }

    private static async Task<UpdateWorkflowExecutionResponse> UpdateAsync(TemporalEngine engine, UpdateWorkflowExecutionRequest request, RpcCall call)
    {
        engine.Namespaces.Require(request.Namespace);
        RequestCheck.Execution(request.WorkflowExecution);
        if (request.WaitPolicy?.LifecycleStage == UpdateWorkflowExecutionLifecycleStage.Admitted)
        {
            throw RpcException.PermissionDenied("Waiting for stage ADMITTED is not supported.");
        }

        if (request.Request?.Meta?.UpdateId is not { Length: > 0 } || request.Request.Input?.Name is not { Length: > 0 })
        {
            throw RpcException.InvalidArgument("An update needs an id and a name.");
        }

        RequestCheck.Size(request.Request);

        var (run, update) = await engine.Shard.ExecuteAsync(step => engine.Workflows.Update(step, request)).ConfigureAwait(false);
        var (stage, outcome) = await WaitAsync(engine, update, request.WaitPolicy?.LifecycleStage ?? UpdateWorkflowExecutionLifecycleStage.Accepted, call).ConfigureAwait(false);
        return new UpdateWorkflowExecutionResponse { UpdateRef = Reference(run, update), Outcome = outcome, Stage = stage };
    }

    private static async Task<PollWorkflowExecutionUpdateResponse> PollAsync(TemporalEngine engine, PollWorkflowExecutionUpdateRequest request, RpcCall call)
    {
        engine.Namespaces.Require(request.Namespace);
        RequestCheck.Execution(request.UpdateRef?.WorkflowExecution);
        RequestCheck.Name(request.UpdateRef!.UpdateId, "UpdateId");
        var (run, update) = await engine.Shard.ExecuteAsync(_ => engine.Workflows.RequireUpdate(request.Namespace, request.UpdateRef)).ConfigureAwait(false);
        var (stage, outcome) = await WaitAsync(engine, update, request.WaitPolicy?.LifecycleStage ?? UpdateWorkflowExecutionLifecycleStage.Unspecified, call).ConfigureAwait(false);
        return new PollWorkflowExecutionUpdateResponse { UpdateRef = Reference(run, update), Outcome = outcome, Stage = stage };
    }

    private static async Task<(UpdateWorkflowExecutionLifecycleStage Stage, Outcome? Outcome)> WaitAsync(
        TemporalEngine engine, UpdateState update, UpdateWorkflowExecutionLifecycleStage wanted, RpcCall call)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Check(UpdateState state)
        {
            if (Stage(state) >= wanted)
            {
                reached.TrySetResult();
            }
            else
            {
                state.Waiters.Add(Check);
            }
        }

        engine.Shard.Post(() => Check(update));
        try
        {
            await reached.Task.WaitAsync(StageWait, engine.Time, call.Aborted).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The caller asks again.
        }
        finally
        {
            engine.Shard.Post(() => update.Waiters.Remove(Check));
        }

        // Asked behind what is being written: nobody is told of a stage that a crash could take back.
        return await engine.Shard.ExecuteAsync(_ => update.Refusal is { } refusal ? throw refusal : (Stage(update), update.Outcome)).ConfigureAwait(false);
    }

    private static UpdateWorkflowExecutionLifecycleStage Stage(UpdateState update) => update.Stage switch
    {
        UpdateStage.Accepted => UpdateWorkflowExecutionLifecycleStage.Accepted,
        UpdateStage.Completed => UpdateWorkflowExecutionLifecycleStage.Completed,
        _ => UpdateWorkflowExecutionLifecycleStage.Admitted,
    };

    private static UpdateRef Reference(WorkflowRun run, UpdateState update) =>
        new() { WorkflowExecution = new WorkflowExecution(run.Execution), UpdateId = update.Id };
}
