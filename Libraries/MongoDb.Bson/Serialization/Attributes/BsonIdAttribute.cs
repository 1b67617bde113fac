namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>The member is the id, which is the element _id.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
[BsonMemberMapAttributeUsage(AllowMultipleMembers = false)]
public class BsonIdAttribute : Attribute, IBsonMemberMapAttribute
{
    /// <summary>The type of the generator.</summary>
    public Type IdGenerator { get; set; }

    public int Order { get; set; } = int.MaxValue;

    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        memberMap.SetOrder(Order);
        if (IdGenerator != null)
        {
            memberMap.SetIdGenerator((IIdGenerator)Activator.CreateInstance(IdGenerator));
        }
        memberMap.ClassMap.SetIdMember(memberMap);
    }
}
