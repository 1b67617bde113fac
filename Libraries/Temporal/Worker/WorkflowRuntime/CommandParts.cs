using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>Parts that many commands have; absent ones are null, because the server tells empty from absent.</summary>
internal static class CommandParts
{
    public static Duration? ToDuration(TimeSpan? value) => value is { } span ? Duration.FromTimeSpan(span) : null;

    public static Header? ToHeader(IDictionary<string, Payload>? headers) =>
        headers is { Count: > 0 } ? new() { Fields = { headers } } : null;

    public static Payloads? ToPayloads(DataConverter converter, IReadOnlyCollection<object?> values) =>
        values.Count == 0 ? null : new() { Payloads_ = { converter.PayloadConverter.ToPayloads(values) } };

    public static UserMetadata? ToMetadata(DataConverter converter, string? summary, string? details) =>
        summary == null && details == null ? null : new()
        {
            Summary = summary == null ? null : converter.PayloadConverter.ToPayload(summary),
            Details = details == null ? null : converter.PayloadConverter.ToPayload(details),
        };
}
