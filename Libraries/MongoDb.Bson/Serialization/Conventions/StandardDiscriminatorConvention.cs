using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Discriminators that are the names of class maps.</summary>
public abstract class StandardDiscriminatorConvention : IDiscriminatorConvention
{
    protected StandardDiscriminatorConvention(string elementName)
    {
        ArgumentNullException.ThrowIfNull(elementName);
        ElementName = elementName.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("The name of an element must not have NUL characters.", nameof(elementName))
            : elementName;
    }

    /// <summary>A single value in _t.</summary>
    public static ScalarDiscriminatorConvention Scalar { get; } = new("_t");

    /// <summary>A value for each class from the root class on, in _t.</summary>
    public static HierarchicalDiscriminatorConvention Hierarchical { get; } = new("_t");

    public string ElementName { get; }

    public override bool Equals(object obj) =>
        obj is StandardDiscriminatorConvention other && GetType() == other.GetType() && ElementName == other.ElementName;

    public Type GetActualType(IBsonReader bsonReader, Type nominalType)
    {
        ArgumentNullException.ThrowIfNull(bsonReader);
        if (bsonReader.GetCurrentBsonType() != BsonType.Document)
        {
            return nominalType;
        }
        BsonSerializer.EnsureKnownTypesAreRegistered(nominalType);
        return BsonSerializer.IsTypeDiscriminated(nominalType) ? DiscriminatorReader.ReadActualType(bsonReader, ElementName, nominalType) : nominalType;
    }

    public abstract BsonValue GetDiscriminator(Type nominalType, Type actualType);

    public override int GetHashCode() => HashCode.Combine(GetType(), ElementName);
}
