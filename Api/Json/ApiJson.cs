using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageLibrary.Api.Json;

/// <summary>The JSON of the REST interface: camelCase names, enumerations as camelCase words, numbers as numbers.</summary>
public static class ApiJson
{
    /// <summary>Options for reading and writing what the API sends.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    internal static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
