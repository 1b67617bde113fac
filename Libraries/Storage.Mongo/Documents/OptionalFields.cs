using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Fields that are left out when there is nothing to say.</summary>
internal static class OptionalFields
{
    public static void AddOptional(this BsonDocument document, string name, string? value)
    {
        if (value is not null)
        {
            document.Add(name, value);
        }
    }
}
