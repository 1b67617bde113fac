using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Bson.IO;

namespace ImageLibrary.Storage.Mongo;

/// <summary>The values whose JSON form is their stored form; zeroes and nulls are left out.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LibrarySettings))]
[JsonSerializable(typeof(ScanCounts))]
internal sealed partial class StoreJson : JsonSerializerContext
{
    private static readonly JsonWriterSettings Relaxed = new() { OutputMode = JsonOutputMode.RelaxedExtendedJson };

    public static BsonDocument ToBson(LibrarySettings settings) => ToBson(settings, Default.LibrarySettings);

    public static BsonDocument ToBson(ScanCounts counts) => ToBson(counts, Default.ScanCounts);

    public static LibrarySettings Settings(BsonDocument document) => FromBson(document, Default.LibrarySettings);

    // A field that is missing would be null instead of empty.
    public static ScanCounts Counts(BsonDocument document) => FromBson(document, Default.ScanCounts) is { FailuresByClass: not null } counts
        ? counts
        : throw new JsonException("It has no failuresByClass.");

    private static BsonDocument ToBson<T>(T value, JsonTypeInfo<T> type) => BsonDocument.Parse(JsonSerializer.Serialize(value, type));

    private static T FromBson<T>(BsonDocument document, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(document.ToJson(Relaxed), type)!;
}
