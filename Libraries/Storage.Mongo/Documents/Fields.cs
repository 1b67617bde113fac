using System.Diagnostics.CodeAnalysis;
using ImageLibrary.Core;
using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Reads the fields of a stored document; what does not fit is named by its path.</summary>
internal readonly struct Fields(BsonDocument document, string path = "")
{
    public static string PathOf(string parent, string name) => parent.Length == 0 ? name : $"{parent}.{name}";

    public string Text(string name) => OptionalText(name) ?? throw Unfit(name, null, "a string");

    public string? OptionalText(string name) => TryGet(name, out var value)
        ? value.BsonType == BsonType.String ? value.AsString : throw Unfit(name, value, "a string")
        : null;

    /// <summary>For what only says where a document stands in a list, so that one that does not fit can still be passed.</summary>
    public string TextOrEmpty(string name) => TryGet(name, out var value) && value.BsonType == BsonType.String ? value.AsString : "";

    /// <inheritdoc cref="TextOrEmpty"/>
    public long LongOrZero(string name) =>
        TryGet(name, out var value) && value.BsonType is BsonType.Int32 or BsonType.Int64 ? value!.ToInt64() : 0;

    public long Long(string name) => OptionalLong(name) ?? throw Unfit(name, null, "a whole number");

    public int Int(string name) => OptionalInt(name) ?? throw Unfit(name, null, "a whole number");

    public long? OptionalLong(string name) => TryGet(name, out var value)
        ? value.BsonType is BsonType.Int32 or BsonType.Int64 ? value.ToInt64() : throw Unfit(name, value, "a whole number")
        : null;

    public int? OptionalInt(string name) => OptionalLong(name) is not { } value ? null
        : value is >= int.MinValue and <= int.MaxValue ? (int)value
        : throw Unfit(name, value, "a number of 32 bits");

    public bool Flag(string name) => TryGet(name, out var value)
        && (value.BsonType == BsonType.Boolean ? value.AsBoolean : throw Unfit(name, value, "true or false"));

    public byte[]? OptionalBytes(string name) => TryGet(name, out var value)
        ? value.BsonType == BsonType.Binary ? value.AsByteArray : throw Unfit(name, value, "binary data")
        : null;

    public DateTimeOffset? OptionalTime(string name) =>
        OptionalLong(name) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public DateTimeOffset Time(string name) => OptionalTime(name) ?? throw Unfit(name, null, "a time");

    /// <summary>A moment by the server's clock.</summary>
    public DateTime Moment(string name) => TryGet(name, out var value) && value.BsonType == BsonType.DateTime
        ? value.ToUniversalTime()
        : throw Unfit(name, value, "a date");

    public T Enum<T>(string name)
        where T : struct, Enum => OptionalEnum<T>(name) ?? throw Unfit(name, null, $"a {typeof(T).Name}");

    public T? OptionalEnum<T>(string name)
        where T : struct, Enum =>
        OptionalText(name) is not { } text ? null
        : System.Enum.TryParse<T>(text, out var value) && System.Enum.IsDefined(value) ? value
        : throw new UnfitRecordException($"{PathOf(path, name)} is '{text}', which is no {typeof(T).Name}");

    public Fields? Child(string name) => TryGet(name, out var value)
        ? value.BsonType == BsonType.Document ? new Fields(value.AsBsonDocument, PathOf(path, name)) : throw Unfit(name, value, "a document")
        : null;

    /// <summary>A field whose value was written from JSON.</summary>
    public T Json<T>(string name, Func<BsonDocument, T> read)
    {
        if (!TryGet(name, out var value) || value.BsonType != BsonType.Document)
        {
            throw Unfit(name, value, "a document");
        }
        try
        {
            return read(value.AsBsonDocument);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new UnfitRecordException($"{PathOf(path, name)}{e.Path?.TrimStart('$')} does not fit: {e.Message}");
        }
    }

    public IEnumerable<Fields> Children(string name)
    {
        if (!TryGet(name, out var value))
        {
            yield break;
        }
        if (value.BsonType != BsonType.Array)
        {
            throw Unfit(name, value, "an array");
        }
        var index = 0;
        foreach (var item in value.AsBsonArray)
        {
            var at = PathOf(path, $"{name}.{index++}");
            yield return item.BsonType == BsonType.Document
                ? new Fields(item.AsBsonDocument, at)
                : throw new UnfitRecordException($"{at} is of type {item.BsonType}, not a document");
        }
    }

    public ImageFailure? Failure(string name) =>
        Child(name) is { } failure ? new ImageFailure(failure.Enum<FailureClass>("class"), failure.Text("message")) : null;

    private bool TryGet(string name, [NotNullWhen(true)] out BsonValue? value) =>
        document.TryGetValue(name, out value) && value.BsonType != BsonType.Null;

    private UnfitRecordException Unfit(string name, BsonValue? value, string expected) => new(
        value is null ? $"{PathOf(path, name)} is missing" : $"{PathOf(path, name)} is of type {value.BsonType}, not {expected}");
}
