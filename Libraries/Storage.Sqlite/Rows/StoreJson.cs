using System.Text.Json.Serialization;
using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>The values that are stored as JSON; zeroes and nulls are left out.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AccessToken))]
[JsonSerializable(typeof(LibrarySettings))]
[JsonSerializable(typeof(ScanCounts))]
internal sealed partial class StoreJson : JsonSerializerContext;
