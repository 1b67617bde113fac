namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>The value of the member when its element is missing.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class BsonDefaultValueAttribute : Attribute, IBsonMemberMapAttribute
{
    public BsonDefaultValueAttribute(object defaultValue) => DefaultValue = defaultValue;

    public object DefaultValue { get; }

    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.SetDefaultValue(DefaultValue);
    }
}
