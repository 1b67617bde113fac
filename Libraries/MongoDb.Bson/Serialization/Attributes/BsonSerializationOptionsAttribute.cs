namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>What attributes share that change the serializer of a member, or of its parts.</summary>
public abstract class BsonSerializationOptionsAttribute : Attribute, IBsonMemberMapAttribute
{
    public virtual void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.SetSerializer(Apply(memberMap.GetSerializer()));
    }

    /// <summary>The changed serializer.</summary>
    /// <exception cref="NotSupportedException">The attribute does not fit the member's type.</exception>
    protected virtual IBsonSerializer Apply(IBsonSerializer serializer) => serializer is IChildSerializerConfigurable parent
        ? parent.WithChildSerializer(Apply(parent.ChildSerializer))
        : throw new NotSupportedException($"{GetType().Name} does not fit a {BsonUtils.GetFriendlyTypeName(serializer?.ValueType ?? typeof(object))}.");
}
