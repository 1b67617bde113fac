using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Temporalio.Common;

/// <summary>Some writers of histories shorten the names of enumeration values, <c>WorkflowExecutionStarted</c> for
/// <c>EVENT_TYPE_WORKFLOW_EXECUTION_STARTED</c>, which the JSON form of protobuf does not allow.</summary>
internal static class ProtoJsonEnums
{
    /// <summary>Gives every enumeration value within a message its full name, in place.</summary>
    public static void UseFullNames(JsonObject node, MessageDescriptor message)
    {
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            var name = node.ContainsKey(field.JsonName) ? field.JsonName : field.Name;
            if (!node.TryGetPropertyValue(name, out var value) || value == null)
            {
                continue;
            }

            if (field.FieldType == FieldType.Enum)
            {
                UseFullName(node, name, value, field.EnumType);
            }
            else if (field.FieldType == FieldType.Message)
            {
                UseFullNames(value, field);
            }
        }
    }

    private static void UseFullNames(JsonNode value, FieldDescriptor field)
    {
        switch (value)
        {
            case JsonObject map when field.IsMap:
                var valueField = field.MessageType.FindFieldByNumber(2);
                foreach (var entry in map.Select(entry => entry.Value).OfType<JsonObject>())
                {
                    if (valueField.FieldType == FieldType.Message)
                    {
                        UseFullNames(entry, valueField.MessageType);
                    }
                }

                break;
            case JsonObject single:
                UseFullNames(single, field.MessageType);
                break;
            case JsonArray list:
                foreach (var item in list.OfType<JsonObject>())
                {
                    UseFullNames(item, field.MessageType);
                }

                break;
            default:
                break;
        }
    }

    private static void UseFullName(JsonObject node, string name, JsonNode value, EnumDescriptor type)
    {
        if (value is JsonValue text && text.TryGetValue(out string? given) && type.FindValueByName(given) == null)
        {
            var full = type.Values.FirstOrDefault(candidate => IsShortFormOf(given, candidate.Name));
            if (full != null)
            {
                node[name] = full.Name;
            }
        }
    }

    private static bool IsShortFormOf(string given, string fullName) =>
        fullName.Replace("_", string.Empty, StringComparison.Ordinal).EndsWith(given, StringComparison.OrdinalIgnoreCase);
}
