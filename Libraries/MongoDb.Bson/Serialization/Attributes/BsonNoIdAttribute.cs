namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>The class has no id; a member of that name is an ordinary one.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public class BsonNoIdAttribute : Attribute, IBsonPostProcessingAttribute
{
    public void PostProcess(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        classMap.SetIdMember(null);
    }
}
