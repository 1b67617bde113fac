namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>The element is left out when the member has its default value.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class BsonIgnoreIfDefaultAttribute : Attribute, IBsonMemberMapAttribute
{
    public BsonIgnoreIfDefaultAttribute() : this(true) { }

    public BsonIgnoreIfDefaultAttribute(bool value) => Value = value;

    public bool Value { get; }

    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.SetIgnoreIfDefault(Value);
    }
}
