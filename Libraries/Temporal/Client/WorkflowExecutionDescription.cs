using Temporalio.Api.Sdk.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>A workflow with its details.</summary>
public class WorkflowExecutionDescription : WorkflowExecution
{
    private readonly DataConverter converter;

    /// <summary>Creates the description.</summary>
    /// <param name="rawDescription">What the server says.</param>
    /// <param name="dataConverter">Converter of its values.</param>
    protected internal WorkflowExecutionDescription(DescribeWorkflowExecutionResponse rawDescription, DataConverter dataConverter)
        : base(rawDescription.WorkflowExecutionInfo, dataConverter, null)
    {
        RawDescription = rawDescription;
        converter = dataConverter;
    }

    /// <summary>What the server says.</summary>
    internal DescribeWorkflowExecutionResponse RawDescription { get; }

    private UserMetadata? Metadata => RawDescription.ExecutionConfig?.UserMetadata;

    /// <summary>Reads the line about the workflow.</summary>
    /// <returns>The line, null when there is none.</returns>
    public async Task<string?> GetStaticSummaryAsync() =>
        Metadata?.Summary is { } summary ? await converter.ToValueAsync<string>(summary).ConfigureAwait(false) : null;

    /// <summary>Reads the lines about the workflow.</summary>
    /// <returns>The lines, null when there are none.</returns>
    public async Task<string?> GetStaticDetailsAsync() =>
        Metadata?.Details is { } details ? await converter.ToValueAsync<string>(details).ConfigureAwait(false) : null;
}
