using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Discriminators that are the names of .NET types, for values whose declared type is object.</summary>
public class ObjectDiscriminatorConvention : IDiscriminatorConvention
{
    public ObjectDiscriminatorConvention(string elementName)
    {
        ArgumentNullException.ThrowIfNull(elementName);
        ElementName = elementName.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("The name of an element must not have NUL characters.", nameof(elementName))
            : elementName;
    }

    public static ObjectDiscriminatorConvention Instance { get; } = new("_t");

    public string ElementName { get; }

    public override bool Equals(object obj) =>
        obj is ObjectDiscriminatorConvention other && GetType() == other.GetType() && ElementName == other.ElementName;

    public Type GetActualType(IBsonReader bsonReader, Type nominalType)
    {
        ArgumentNullException.ThrowIfNull(bsonReader);
        ArgumentNullException.ThrowIfNull(nominalType);
        var bsonType = bsonReader.GetCurrentBsonType();
        if (bsonType == BsonType.Document)
        {
            return DiscriminatorReader.ReadActualType(bsonReader, ElementName, nominalType);
        }
        var scalarType = bsonType switch
        {
            BsonType.Boolean => typeof(bool),
            BsonType.Binary => IsGuid(bsonReader) ? typeof(Guid) : null,
            BsonType.DateTime => typeof(DateTime),
            BsonType.Decimal128 => typeof(Decimal128),
            BsonType.Double => typeof(double),
            BsonType.Int32 => typeof(int),
            BsonType.Int64 => typeof(long),
            BsonType.ObjectId => typeof(ObjectId),
            BsonType.String => typeof(string),
            _ => null,
        };
        return scalarType != null && nominalType.IsAssignableFrom(scalarType) ? scalarType : nominalType;
    }

    public BsonValue GetDiscriminator(Type nominalType, Type actualType) => TypeNameDiscriminator.GetDiscriminator(actualType);

    public override int GetHashCode() => HashCode.Combine(GetType(), ElementName);

    private static bool IsGuid(IBsonReader reader)
    {
        var bookmark = reader.GetBookmark();
        var subType = reader.ReadBinaryData().SubType;
        reader.ReturnToBookmark(bookmark);
        return subType is BsonBinarySubType.UuidStandard or BsonBinarySubType.UuidLegacy;
    }
}
