namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>Elements without members are skipped.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public class BsonIgnoreExtraElementsAttribute : Attribute, IBsonClassMapAttribute
{
    public BsonIgnoreExtraElementsAttribute() : this(true) { }

    public BsonIgnoreExtraElementsAttribute(bool ignoreExtraElements) => IgnoreExtraElements = ignoreExtraElements;

    public bool IgnoreExtraElements { get; }

    /// <summary>Whether that holds for subclasses, too.</summary>
    public bool Inherited { get; set; }

    public void Apply(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        classMap.SetIgnoreExtraElements(IgnoreExtraElements);
        classMap.SetIgnoreExtraElementsIsInherited(Inherited);
    }
}
