using System.Collections.Frozen;
using ImageLibrary.Temporal.Server.Visibility.Attributes;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Temporal.Server.Visibility.Query;

/// <summary>A field that a query names, resolved.</summary>
/// <param name="Name">Its public name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Column">The column of table <c>visibility</c>; null when its values lie in table <c>search_attr</c>.</param>
internal sealed record VisibilityField(string Name, IndexedValueType Type, string? Column)
{
    /// <summary>Columns of the fields of the execution itself.</summary>
    public static FrozenDictionary<string, string> Columns { get; } = new Dictionary<string, string>
    {
        ["CloseTime"] = "close_time",
        ["ExecutionDuration"] = "execution_duration",
        [SystemSearchAttributes.ExecutionStatus] = "status",
        ["ExecutionTime"] = "execution_time",
        ["HistoryLength"] = "history_length",
        ["HistorySizeBytes"] = "history_size",
        ["ParentRunId"] = "parent_run_id",
        ["ParentWorkflowId"] = "parent_workflow_id",
        ["RootRunId"] = "root_run_id",
        ["RootWorkflowId"] = "root_workflow_id",
        ["RunId"] = "run_id",
        ["StartTime"] = "start_time",
        ["StateTransitionCount"] = "state_transitions",
        ["TaskQueue"] = "task_queue",
        ["WorkflowId"] = "workflow_id",
        ["WorkflowType"] = "workflow_type",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a row may hold several values, of which a condition has to meet one.</summary>
    public bool HasManyValues => Type is IndexedValueType.KeywordList or IndexedValueType.Text;

    /// <summary>Whether it is the execution status, stored as the number of the enum.</summary>
    public bool IsStatus => Name == SystemSearchAttributes.ExecutionStatus;

    /// <summary>Finds the field of a name; names are case-sensitive.</summary>
    /// <exception cref="VisibilityQueryException">There is none.</exception>
    public static VisibilityField Resolve(QueryName name, SearchAttributeDefinitions definitions)
    {
        return definitions.TryGetType(name.Name, out var type)
            ? new VisibilityField(name.Name, type, Columns.GetValueOrDefault(name.Name))
            : throw new VisibilityQueryException($"invalid search attribute: {name.Name}", name.Position);
    }
}
