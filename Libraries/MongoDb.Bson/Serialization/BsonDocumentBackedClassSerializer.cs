using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization;

/// <summary>Serializes classes whose members are kept in a document.</summary>
public abstract class BsonDocumentBackedClassSerializer<TClass> : ClassSerializerBase<TClass>, IBsonDocumentSerializer where TClass : BsonDocumentBackedClass
{
    private readonly Dictionary<string, BsonSerializationInfo> _members = [];

    public override bool Equals(object obj) =>
        base.Equals(obj) && (ReferenceEquals(this, obj) || IsSame(_members, ((BsonDocumentBackedClassSerializer<TClass>)obj)._members));

    public override int GetHashCode() => GetType().GetHashCode();

    public virtual bool TryGetMemberSerializationInfo(string memberName, out BsonSerializationInfo serializationInfo)
    {
        ArgumentNullException.ThrowIfNull(memberName);
        return _members.TryGetValue(memberName, out serializationInfo);
    }

    protected override TClass DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) =>
        CreateInstance(BsonDocumentSerializer.Instance.Deserialize(context));

    // Subclasses are not told by discriminators: the document is all there is.
    protected override Type GetActualType(BsonDeserializationContext context) => typeof(TClass);

    protected void RegisterMember(string memberName, string elementName, IBsonSerializer serializer)
    {
        ArgumentNullException.ThrowIfNull(memberName);
        ArgumentNullException.ThrowIfNull(elementName);
        ArgumentNullException.ThrowIfNull(serializer);
        _members.Add(memberName, new BsonSerializationInfo(elementName, serializer, serializer.ValueType));
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, TClass value) =>
        BsonDocumentSerializer.Instance.Serialize(context, args with { NominalType = typeof(BsonDocument) }, value.Document);

    protected abstract TClass CreateInstance(BsonDocument backingDocument);

    private static bool IsSame(Dictionary<string, BsonSerializationInfo> left, Dictionary<string, BsonSerializationInfo> right) =>
        left.Count == right.Count && left.All(entry => right.TryGetValue(entry.Key, out var other) && entry.Value.Equals(other));
}
