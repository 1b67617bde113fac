using System.Globalization;
using System.Text;
using System.Text.Json;

// Writes one .proto file per package from the JSON descriptor of the npm package @temporalio/proto.
// Usage: ProtoConverter json-module.js OUTPUT_FOLDER
if (args.Length != 2)
{
    Console.Error.WriteLine("usage: ProtoConverter json-module.js OUTPUT_FOLDER");
    return 2;
}

const string marker = ".addJSON(";
var script = File.ReadAllText(args[0]);
var start = script.IndexOf(marker, StringComparison.Ordinal) + marker.Length;
var end = script.LastIndexOf(')');
using var document = JsonDocument.Parse(script[start..end]);
Directory.CreateDirectory(args[1]);
var root = document.RootElement;
new PackageWriter(args[1]).Write(root.GetProperty("temporal").GetProperty("nested").GetProperty("api"), "temporal.api");
new PackageWriter(args[1]).Write(root.GetProperty("google").GetProperty("nested").GetProperty("rpc"), "google.rpc");
new PackageWriter(args[1]).Write(root.GetProperty("grpc").GetProperty("nested").GetProperty("health"), "grpc.health");
return 0;

internal sealed class PackageWriter(string folder)
{
    // Options-only packages and the cloud API are not part of the server's surface.
    private static readonly HashSet<string> Skipped = ["temporal.api.cloud", "temporal.api.protometa"];

    private static readonly HashSet<string> Roots = ["temporal", "google", "grpc"];

    public void Write(JsonElement node, string package)
    {
        if (Skipped.Contains(package) || !node.TryGetProperty("nested", out var nested))
        {
            return;
        }
        var members = nested.EnumerateObject().Where(member => !IsPackage(member.Value)).ToList();
        foreach (var child in nested.EnumerateObject().Where(member => IsPackage(member.Value)))
        {
            Write(child.Value, $"{package}.{child.Name}");
        }
        if (members.Count > 0)
        {
            File.WriteAllText(Path.Combine(folder, package + ".proto"), FileText(node, package, members));
        }
    }

    private static bool IsPackage(JsonElement node) =>
        !node.TryGetProperty("fields", out _) && !node.TryGetProperty("values", out _)
        && !node.TryGetProperty("methods", out _) && node.TryGetProperty("nested", out _);

    private static string FileText(JsonElement node, string package, List<JsonProperty> members)
    {
        var imports = new SortedSet<string>(StringComparer.Ordinal);
        var body = new StringBuilder();
        foreach (var member in members)
        {
            WriteMember(body, member, "", package, imports);
        }
        var text = new StringBuilder("syntax = \"proto3\";\n").Append(CultureInfo.InvariantCulture, $"package {package};\n");
        foreach (var import in imports)
        {
            text.Append(CultureInfo.InvariantCulture, $"import \"{import}\";\n");
        }
        if (node.TryGetProperty("options", out var options) && options.TryGetProperty("csharp_namespace", out var ns))
        {
            text.Append(CultureInfo.InvariantCulture, $"option csharp_namespace = \"{ns.GetString()}\";\n");
        }
        return text.Append(body).ToString();
    }

    private static void WriteMember(StringBuilder text, JsonProperty member, string indent, string package, SortedSet<string> imports)
    {
        var node = member.Value;
        if (node.TryGetProperty("values", out var values))
        {
            WriteEnum(text, member.Name, node, values, indent);
        }
        else if (node.TryGetProperty("methods", out var methods))
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}service {member.Name} {{\n");
            foreach (var method in methods.EnumerateObject())
            {
                var input = TypeName(method.Value.GetProperty("requestType").GetString()!, package, imports);
                var output = TypeName(method.Value.GetProperty("responseType").GetString()!, package, imports);
                var stream = method.Value.TryGetProperty("responseStream", out var streaming) && streaming.GetBoolean() ? "stream " : "";
                text.Append(CultureInfo.InvariantCulture, $"{indent}  rpc {method.Name} ({input}) returns ({stream}{output});\n");
            }
            text.Append(indent).Append("}\n");
        }
        else if (node.TryGetProperty("fields", out var fields))
        {
            WriteMessage(text, member.Name, node, fields, indent, package, imports);
        }
    }

    private static void WriteMessage(
        StringBuilder text, string name, JsonElement node, JsonElement fields, string indent, string package, SortedSet<string> imports)
    {
        text.Append(CultureInfo.InvariantCulture, $"{indent}message {name} {{\n");
        var inner = indent + "  ";
        WriteReserved(text, node, inner);
        if (node.TryGetProperty("nested", out var nested))
        {
            foreach (var member in nested.EnumerateObject())
            {
                WriteMember(text, member, inner, package, imports);
            }
        }
        var oneofOf = Oneofs(node);
        foreach (var field in fields.EnumerateObject().Where(field => !oneofOf.ContainsKey(field.Name)))
        {
            WriteField(text, field, inner, Optional(field.Value) ? "optional " : "", package, imports);
        }
        foreach (var group in oneofOf.GroupBy(pair => pair.Value, pair => pair.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"{inner}oneof {Snake(group.Key)} {{\n");
            foreach (var fieldName in group)
            {
                WriteField(text, fields.EnumerateObject().First(field => field.Name == fieldName), inner + "  ", "", package, imports);
            }
            text.Append(inner).Append("}\n");
        }
        text.Append(indent).Append("}\n");
    }

    // A proto3 optional field appears as a one-of of its own, named with a leading underscore.
    private static Dictionary<string, string> Oneofs(JsonElement node)
    {
        var result = new Dictionary<string, string>();
        if (node.TryGetProperty("oneofs", out var oneofs))
        {
            foreach (var oneof in oneofs.EnumerateObject().Where(oneof => !oneof.Name.StartsWith('_')))
            {
                foreach (var field in oneof.Value.GetProperty("oneof").EnumerateArray())
                {
                    result[field.GetString()!] = oneof.Name;
                }
            }
        }
        return result;
    }

    private static void WriteField(
        StringBuilder text, JsonProperty field, string indent, string label, string package, SortedSet<string> imports)
    {
        var value = field.Value;
        var type = TypeName(value.GetProperty("type").GetString()!, package, imports);
        if (value.TryGetProperty("keyType", out var key))
        {
            type = $"map<{key.GetString()}, {type}>";
        }
        else if (value.TryGetProperty("rule", out var rule) && rule.GetString() == "repeated")
        {
            label = "repeated ";
        }
        var name = value.TryGetProperty("protoName", out var protoName) ? protoName.GetString()! : field.Name;
        var deprecated = value.TryGetProperty("options", out var options) && options.TryGetProperty("deprecated", out var flag) && flag.GetBoolean()
            ? " [deprecated = true]" : "";
        text.Append(CultureInfo.InvariantCulture, $"{indent}{label}{type} {name} = {value.GetProperty("id").GetInt32()}{deprecated};\n");
    }

    private static void WriteEnum(StringBuilder text, string name, JsonElement node, JsonElement values, string indent)
    {
        text.Append(CultureInfo.InvariantCulture, $"{indent}enum {name} {{\n");
        if (values.EnumerateObject().GroupBy(value => value.Value.GetInt32()).Any(group => group.Count() > 1))
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}  option allow_alias = true;\n");
        }
        WriteReserved(text, node, indent + "  ");
        foreach (var value in values.EnumerateObject().OrderBy(value => value.Value.GetInt32() != 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}  {value.Name} = {value.Value.GetInt32()};\n");
        }
        text.Append(indent).Append("}\n");
    }

    private static void WriteReserved(StringBuilder text, JsonElement node, string indent)
    {
        if (!node.TryGetProperty("reserved", out var reserved))
        {
            return;
        }
        foreach (var entry in reserved.EnumerateArray())
        {
            text.Append(indent).Append(entry.ValueKind == JsonValueKind.String
                ? $"reserved \"{entry.GetString()}\";\n"
                : $"reserved {entry[0].GetInt32()} to {entry[1].GetInt32()};\n");
        }
    }

    private static bool Optional(JsonElement field) =>
        field.TryGetProperty("options", out var options) && options.TryGetProperty("proto3_optional", out var flag) && flag.GetBoolean();

    private static string TypeName(string type, string package, SortedSet<string> imports)
    {
        if (!char.IsLower(type[0]) || !type.Contains('.', StringComparison.Ordinal))
        {
            return type;
        }
        if (!Roots.Contains(type[..type.IndexOf('.')]))
        {
            // Some references are relative to the root of Temporal's own packages.
            type = "temporal.api." + type;
        }
        var owner = type.StartsWith("google.protobuf.", StringComparison.Ordinal)
            ? $"google/protobuf/{WellKnownFile(type)}.proto"
            : PackageOf(type) + ".proto";
        if (owner != package + ".proto")
        {
            imports.Add(owner);
        }
        return "." + type;
    }

    // A package is written in lower case, a type with a capital.
    private static string PackageOf(string type) => string.Join('.', type.Split('.').TakeWhile(part => !char.IsUpper(part[0])));

    private static string WellKnownFile(string type) => type["google.protobuf.".Length..] switch
    {
        "Duration" => "duration",
        "Timestamp" => "timestamp",
        "Any" => "any",
        "Empty" => "empty",
        "FieldMask" => "field_mask",
        "Struct" or "Value" or "ListValue" => "struct",
        _ => "wrappers",
    };

    private static string Snake(string name) =>
        string.Concat(name.Select(c => char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString()));
}
