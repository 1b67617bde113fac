using System.Collections;
using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization;

/// <summary>Where a member is in a document, and how it is serialized.</summary>
public class BsonSerializationInfo
{
    private readonly string _elementName;
    private readonly IReadOnlyList<string> _elementPath;

    public BsonSerializationInfo(string elementName, IBsonSerializer serializer, Type nominalType)
    {
        _elementName = elementName;
        Serializer = serializer;
        NominalType = nominalType;
    }

    private BsonSerializationInfo(IReadOnlyList<string> elementPath, IBsonSerializer serializer, Type nominalType)
        : this((string)null, serializer, nominalType) => _elementPath = elementPath;

    /// <exception cref="InvalidOperationException">The member has a path.</exception>
    public string ElementName =>
        _elementPath == null ? _elementName : throw new InvalidOperationException("The member is nested; it has a path instead of a name.");

    /// <summary>The names of the elements around a nested member and its own; null for a member that is not nested.</summary>
    public IReadOnlyList<string> ElementPath => _elementPath;

    public IBsonSerializer Serializer { get; }

    public Type NominalType { get; }

    public static BsonSerializationInfo CreateWithPath(IEnumerable<string> elementPath, IBsonSerializer serializer, Type nominalType) =>
        new([.. elementPath], serializer, nominalType);

    public object DeserializeValue(BsonValue value)
    {
        using var reader = new BsonDocumentReader(new BsonDocument("_v", value));
        reader.ReadStartDocument();
        reader.ReadName("_v");
        var result = Serializer.Deserialize(BsonDeserializationContext.CreateRoot(reader));
        reader.ReadEndDocument();
        return result;
    }

    public override bool Equals(object obj) =>
        obj is BsonSerializationInfo other && GetType() == other.GetType() && _elementName == other._elementName &&
        (_elementPath ?? []).SequenceEqual(other._elementPath ?? []) && Equals(Serializer, other.Serializer) && NominalType == other.NominalType;

    public override int GetHashCode() => HashCode.Combine(_elementName, NominalType);

    public BsonValue SerializeValue(object value) => Serializer.ToBsonValue(value);

    public BsonArray SerializeValues(IEnumerable values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new BsonArray(values.Cast<object>().Select(SerializeValue));
    }

    public BsonSerializationInfo WithNewName(string elementName) => new(elementName, Serializer, NominalType);
}
