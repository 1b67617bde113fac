using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Worker.Interceptors;
using Temporalio.Worker.WorkflowRuntime.Machines;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>What the workflow may ask for. Each goes through the interceptors to <see cref="RootOutboundInterceptor"/>,
/// except for what concerns the run itself.</content>
internal sealed partial class WorkflowInstance
{
    private readonly Dictionary<string, bool> patchDecisions = [];

    public ContinueAsNewException CreateContinueAsNewException(
        string workflow, IReadOnlyCollection<object?> args, ContinueAsNewOptions? continueOptions) =>
        outbound.CreateContinueAsNewException(new(workflow, args, continueOptions, null));

    public Task DelayAsync(DelayOptions delay) =>
        outbound.DelayAsync(new(delay.Delay, delay.CancellationToken, delay.Summary));

    public Task<TResult> ExecuteActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, ActivityOptions activityOptions) =>
        outbound.ScheduleActivityAsync<TResult>(new(activity, args, activityOptions, null));

    public ExternalWorkflowHandle<TWorkflow> GetExternalWorkflowHandle<TWorkflow>(string id, string? runId) =>
        new RuntimeExternalWorkflowHandle<TWorkflow>(outbound, id, runId);

    public Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions childOptions) =>
        outbound.StartChildWorkflowAsync<TWorkflow, TResult>(new(workflow, args, childOptions, null));

    public bool Patch(string patchId, bool deprecated)
    {
        RequireWritable("patch");
        if (patchDecisions.TryGetValue(patchId, out var decided))
        {
            return decided;
        }

        var isPatched = !IsReplaying || patchesInHistory.Contains(patchId);
        patchDecisions[patchId] = isPatched;
        if (isPatched)
        {
            machines.Patch(patchId, deprecated);
        }

        return isPatched;
    }

    public void UpsertMemo(IReadOnlyCollection<MemoUpdate> memoUpdates)
    {
        RequireWritable("upsert memo");
        if (memoUpdates.Count == 0)
        {
            throw new ArgumentException("At least one update required", nameof(memoUpdates));
        }

        var fields = new Api.Common.V1.Memo();
        foreach (var update in memoUpdates)
        {
            if (fields.Fields.ContainsKey(update.UntypedKey))
            {
                throw new ArgumentException($"Multiple updates seen for key {update.UntypedKey}", nameof(memoUpdates));
            }

            fields.Fields.Add(update.UntypedKey, ToMemoPayload(update));
        }

        foreach (var update in memoUpdates)
        {
            if (update.HasValue)
            {
                memo[update.UntypedKey] = new RawValue(fields.Fields[update.UntypedKey]);
            }
            else
            {
                memo.Remove(update.UntypedKey);
            }
        }

        machines.Issue(new RecordedMachine(EventType.WorkflowPropertiesModified, isTerminal: false), new()
        {
            CommandType = CommandType.ModifyWorkflowProperties,
            ModifyWorkflowPropertiesCommandAttributes = new() { UpsertedMemo = fields },
        });
    }

    public void UpsertTypedSearchAttributes(IReadOnlyCollection<SearchAttributeUpdate> attributeUpdates)
    {
        RequireWritable("upsert search attributes");
        if (attributeUpdates.Count == 0)
        {
            throw new ArgumentException("At least one update required", nameof(attributeUpdates));
        }

        TypedSearchAttributes.Apply(attributeUpdates);
        var fields = new Api.Common.V1.SearchAttributes();
        foreach (var update in attributeUpdates)
        {
            fields.IndexedFields.Add(update.UntypedKey.Name, SearchAttributeCollection.ToAttributePayload(
                update.UntypedKey, update.HasValue ? update.UntypedValue : null));
        }

        machines.Issue(new RecordedMachine(EventType.UpsertWorkflowSearchAttributes, isTerminal: false), new()
        {
            CommandType = CommandType.UpsertWorkflowSearchAttributes,
            UpsertWorkflowSearchAttributesCommandAttributes = new() { SearchAttributes = fields },
        });
    }

    private Api.Common.V1.Payload ToMemoPayload(MemoUpdate update)
    {
        try
        {
            return PayloadConverter.ToPayload(update.HasValue ? update.UntypedValue : null);
        }
        catch (Exception e)
        {
            throw new ArgumentException($"Failed converting memo key {update.UntypedKey}", e);
        }
    }
}
