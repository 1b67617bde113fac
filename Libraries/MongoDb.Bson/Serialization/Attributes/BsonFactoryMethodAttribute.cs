namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>Objects are made by this static method.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class BsonFactoryMethodAttribute : Attribute, IBsonCreatorMapAttribute
{
    public BsonFactoryMethodAttribute() { }

    public BsonFactoryMethodAttribute(params string[] argumentNames) => ArgumentNames = argumentNames;

    /// <summary>The members of the parameters; null to find them by name.</summary>
    public string[] ArgumentNames { get; }

    public void Apply(BsonCreatorMap creatorMap)
    {
        ArgumentNullException.ThrowIfNull(creatorMap);
        if (ArgumentNames != null)
        {
            creatorMap.SetArguments(ArgumentNames);
        }
    }
}
