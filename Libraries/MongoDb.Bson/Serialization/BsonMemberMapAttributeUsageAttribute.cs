namespace MongoDB.Bson.Serialization;

/// <summary>Says whether several members of a class may have an attribute.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = true)]
public class BsonMemberMapAttributeUsageAttribute : Attribute
{
    public bool AllowMultipleMembers { get; set; } = true;
}
