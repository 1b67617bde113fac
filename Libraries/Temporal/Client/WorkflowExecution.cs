using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>A workflow in a list.</summary>
public class WorkflowExecution
{
    private readonly Lazy<IReadOnlyDictionary<string, IEncodedRawValue>> memo;
    private readonly Lazy<SearchAttributeCollection> searchAttributes;

    /// <summary>Creates the workflow.</summary>
    /// <param name="rawInfo">What the server says.</param>
    /// <param name="dataConverter">Converter of the memo.</param>
    /// <param name="clientNamespaceForDataConverterWithContext">Namespace for the converter's context, null when it has one.</param>
    protected internal WorkflowExecution(
        WorkflowExecutionInfo rawInfo, DataConverter dataConverter, string? clientNamespaceForDataConverterWithContext)
    {
        RawInfo = rawInfo;
        memo = new(() =>
        {
            var converter = clientNamespaceForDataConverterWithContext is { } name
                ? dataConverter.WithSerializationContext(new ISerializationContext.Workflow(name, Id))
                : dataConverter;
            return rawInfo.Memo?.Fields.ToDictionary(field => field.Key, field => (IEncodedRawValue)new EncodedRawValue(converter, field.Value))
                ?? [];
        });
        searchAttributes = new(() =>
            rawInfo.SearchAttributes == null ? SearchAttributeCollection.Empty : SearchAttributeCollection.FromProto(rawInfo.SearchAttributes));
    }

    /// <summary>When it ended (UTC), null while it runs.</summary>
    public DateTime? CloseTime => RawInfo.CloseTime?.ToDateTime();

    /// <summary>When it started or will start, delays included (UTC).</summary>
    public DateTime? ExecutionTime => RawInfo.ExecutionTime?.ToDateTime();

    /// <summary>How many events its history has.</summary>
    public int HistoryLength => (int)RawInfo.HistoryLength;

    /// <summary>The workflow's id.</summary>
    public string Id => RawInfo.Execution.WorkflowId;

    /// <summary>Its memo.</summary>
    public IReadOnlyDictionary<string, IEncodedRawValue> Memo => memo.Value;

    /// <summary>Id of the workflow that started it, null when none did.</summary>
    public string? ParentId => RawInfo.ParentExecution?.WorkflowId;

    /// <summary>Run of the workflow that started it, null when none did.</summary>
    public string? ParentRunId => RawInfo.ParentExecution?.RunId;

    /// <summary>The run's id.</summary>
    public string RunId => RawInfo.Execution.RunId;

    /// <summary>When it was started (UTC).</summary>
    public DateTime StartTime => RawInfo.StartTime.ToDateTime();

    /// <summary>Whether it runs, or how it ended.</summary>
    public WorkflowExecutionStatus Status => RawInfo.Status;

    /// <summary>Queue of its tasks.</summary>
    public string TaskQueue => RawInfo.TaskQueue;

    /// <summary>Its search attributes.</summary>
    public SearchAttributeCollection TypedSearchAttributes => searchAttributes.Value;

    /// <summary>Its type.</summary>
    public string WorkflowType => RawInfo.Type.Name;

    /// <summary>What the server says.</summary>
    internal WorkflowExecutionInfo RawInfo { get; }
}
