namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>The element is left out when the member is null.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class BsonIgnoreIfNullAttribute : Attribute, IBsonMemberMapAttribute
{
    public BsonIgnoreIfNullAttribute() : this(true) { }

    public BsonIgnoreIfNullAttribute(bool value) => Value = value;

    public bool Value { get; }

    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.SetIgnoreIfNull(Value);
    }
}
