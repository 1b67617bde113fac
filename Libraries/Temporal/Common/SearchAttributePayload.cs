using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;

namespace Temporalio.Common;

/// <summary>
/// Wire form of a search attribute: JSON, and the type's name in the metadata. No codec and no custom converter
/// touches it, because the server reads it.
/// </summary>
internal static class SearchAttributePayload
{
    private const string TypeKey = "type";

    // Some writers use the enumeration's protobuf name instead of the short one.
    private static readonly Dictionary<ByteString, IndexedValueType> TypesByName =
        TemporalApiEnumsV1Reflection.Descriptor.EnumTypes.Single(type => type.ClrType == typeof(IndexedValueType)).Values
            .SelectMany(value => new[] { value.Name, ((IndexedValueType)value.Number).ToString() }
                .Select(name => (Name: ByteString.CopyFromUtf8(name), Type: (IndexedValueType)value.Number)))
            .DistinctBy(pair => pair.Name)
            .ToDictionary(pair => pair.Name, pair => pair.Type);

    private static readonly Dictionary<IndexedValueType, ByteString> NamesByType =
        Enum.GetValues<IndexedValueType>().ToDictionary(type => type, type => ByteString.CopyFromUtf8(type.ToString()));

    public static Payload Write(IndexedValueType type, object? value)
    {
        var payload = DataConverter.Default.PayloadConverter.ToPayload(value);
        payload.Metadata[TypeKey] = NamesByType[type];
        return payload;
    }

    /// <summary>Reads a payload; null when the attribute is not set.</summary>
    public static (object Value, IndexedValueType Type)? Read(Payload payload)
    {
        if (!payload.Metadata.TryGetValue(TypeKey, out var name))
        {
            throw new ArgumentException("Search attribute has no type in its metadata", nameof(payload));
        }
        if (!TypesByName.TryGetValue(name, out var type))
        {
            throw new ArgumentException($"Unrecognized search attribute type {name.ToStringUtf8()}", nameof(payload));
        }
        return payload.Data.IsEmpty || DataConverter.Default.PayloadConverter.ToValue<JsonElement?>(payload) is not { } element
            || element.ValueKind == JsonValueKind.Null
            ? null
            : (Convert(element, type), type);
    }

    private static object Convert(JsonElement element, IndexedValueType type) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Select(item => Convert(item, type)).OfType<string>().ToList(),
        JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
        JsonValueKind.Number when type == IndexedValueType.Int => element.GetInt64(),
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String when type == IndexedValueType.Datetime && element.TryGetDateTimeOffset(out var time) => time,
        JsonValueKind.String when type == IndexedValueType.KeywordList => new List<string> { element.GetString()! },
        JsonValueKind.String => element.GetString()!,
        _ => throw new ArgumentException($"Unexpected search attribute kind {element.ValueKind}", nameof(element)),
    };
}
