namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>Subclasses whose discriminators are to be known.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
public class BsonKnownTypesAttribute : Attribute, IBsonClassMapAttribute
{
    public BsonKnownTypesAttribute(params Type[] knownTypes) => KnownTypes = knownTypes;

    public BsonKnownTypesAttribute(Type knownType) => KnownTypes = [knownType];

    public Type[] KnownTypes { get; }

    public void Apply(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        foreach (var knownType in KnownTypes)
        {
            classMap.AddKnownType(knownType);
        }
    }
}
