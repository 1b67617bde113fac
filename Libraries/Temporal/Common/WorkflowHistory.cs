using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Temporalio.Api.History.V1;

namespace Temporalio.Common;

/// <summary>The history of one run.</summary>
/// <param name="Id">Workflow id, which the events do not contain.</param>
/// <param name="Events">All events in order.</param>
public record WorkflowHistory(string Id, IReadOnlyCollection<HistoryEvent> Events)
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Reads the JSON that <see cref="ToJson()"/>, the <c>temporal</c> command line and the Temporal user
    /// interface write; enumeration values may have their full or their short names.</summary>
    /// <param name="workflowId">Workflow id.</param>
    /// <param name="json">The history as JSON.</param>
    /// <exception cref="ArgumentException">The text is not a history.</exception>
    public static WorkflowHistory FromJson(string workflowId, string json)
    {
        try
        {
            var root = JsonNode.Parse(json) as JsonObject
                ?? throw new ArgumentException("The JSON is not a history object", nameof(json));
            ProtoJsonEnums.UseFullNames(root, History.Descriptor);
            return new(workflowId, Parser.Parse<History>(root.ToJsonString()).Events);
        }
        catch (Exception e) when (e is JsonException or InvalidProtocolBufferException)
        {
            throw new ArgumentException("The JSON is not a history", nameof(json), e);
        }
    }

    /// <summary>Writes the events as JSON, without the id.</summary>
    public string ToJson() => JsonFormatter.Default.Format(ToProto());

    /// <summary>Writes the events as JSON, without the id.</summary>
    /// <param name="writer">Where to.</param>
    public void ToJson(TextWriter writer) => JsonFormatter.Default.Format(ToProto(), writer);

    private History ToProto() => new() { Events = { Events } };
}
