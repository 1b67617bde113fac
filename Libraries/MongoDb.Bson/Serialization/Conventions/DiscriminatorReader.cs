using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Looks for a discriminator ahead.</summary>
internal static class DiscriminatorReader
{
    /// <summary>The type that the present document says, or the nominal type; the reader stays where it is.</summary>
    public static Type ReadActualType(IBsonReader reader, string elementName, Type nominalType)
    {
        var bookmark = reader.GetBookmark();
        var actualType = nominalType;
        reader.ReadStartDocument();
        if (reader.FindElement(elementName))
        {
            var discriminator = BsonValueSerializer.Instance.Deserialize(BsonDeserializationContext.CreateRoot(reader));
            // The last item is of the class itself.
            actualType = BsonSerializer.LookupActualType(nominalType, discriminator is BsonArray { Count: > 0 } levels ? levels[^1] : discriminator);
        }
        reader.ReturnToBookmark(bookmark);
        return actualType;
    }
}
