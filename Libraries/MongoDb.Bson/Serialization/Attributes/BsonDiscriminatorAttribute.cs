namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>The discriminator of the class.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public class BsonDiscriminatorAttribute : Attribute, IBsonClassMapAttribute
{
    public BsonDiscriminatorAttribute() { }

    public BsonDiscriminatorAttribute(string discriminator) => Discriminator = discriminator;

    public string Discriminator { get; }

    /// <summary>Whether it is written where the declared type is the class itself, too.</summary>
    public bool Required { get; set; }

    /// <summary>Whether subclasses have the discriminators of all levels down from this one.</summary>
    public bool RootClass { get; set; }

    public void Apply(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        if (Discriminator != null)
        {
            classMap.SetDiscriminator(Discriminator);
        }
        classMap.SetDiscriminatorIsRequired(Required);
        classMap.SetIsRootClass(RootClass);
    }
}
