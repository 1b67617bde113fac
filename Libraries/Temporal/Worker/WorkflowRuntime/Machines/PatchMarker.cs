using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowRuntime.Machines;

/// <summary>The marker that records a patch, in the form that all official SDKs on the common core write.</summary>
/// <param name="Id">Id of the patch.</param>
/// <param name="Deprecated">Whether the workflow only deprecates the patch, so that the marker may lack a command.</param>
internal sealed record PatchMarker(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("deprecated")] bool Deprecated)
{
    /// <summary>The search attribute that lists the patches of a run.</summary>
    public const string SearchAttribute = "TemporalChangeVersion";

    private const string MarkerName = "core_patch";
    private const string DetailsKey = "patch-data";

    /// <summary>The server refuses longer values of a search attribute.</summary>
    private const int MaxSearchAttributeBytes = 2048 - 40;

    /// <summary>Reads an event, in the current form or the first one, which had two separate details.</summary>
    /// <returns>Null if it is no marker of a patch.</returns>
    public static PatchMarker? Read(HistoryEvent historyEvent)
    {
        if (historyEvent.MarkerRecordedEventAttributes is not { MarkerName: MarkerName } marker)
        {
            return null;
        }

        if (marker.Details.TryGetValue(DetailsKey, out var data))
        {
            return Parse<PatchMarker>(data);
        }

        return marker.Details.TryGetValue("patch_id", out var id)
            && marker.Details.TryGetValue("deprecated", out var deprecated)
            ? new(Parse<string>(id)!, Parse<bool>(deprecated))
            : null;
    }

    /// <summary>Whether the event is the upsert that follows a marker by itself.</summary>
    public static bool IsUpsert(HistoryEvent? historyEvent) =>
        historyEvent?.UpsertWorkflowSearchAttributesEventAttributes?.SearchAttributes?.IndexedFields
            .ContainsKey(SearchAttribute) == true;

    /// <summary>The command that records this patch.</summary>
    public RecordMarkerCommandAttributes ToCommand() => new()
    {
        MarkerName = MarkerName,
        Details = { [DetailsKey] = new() { Payloads_ = { ToPayload(this) } } },
    };

    /// <summary>The upsert that lists all patches of the run.</summary>
    /// <returns>Null if the list became too long.</returns>
    public static UpsertWorkflowSearchAttributesCommandAttributes? ToUpsert(IEnumerable<string> patchIds)
    {
        var payload = ToPayload(patchIds.Order(StringComparer.Ordinal).ToArray());
        if (payload.Data.Length >= MaxSearchAttributeBytes)
        {
            return null;
        }

        payload.Metadata["type"] = ByteString.CopyFromUtf8("KeywordList");
        return new() { SearchAttributes = new() { IndexedFields = { [SearchAttribute] = payload } } };
    }

    private static Payload ToPayload<T>(T value) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
        Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(value)),
    };

    private static T? Parse<T>(Payloads payloads) => JsonSerializer.Deserialize<T>(payloads.Payloads_[0].Data.Span);
}
