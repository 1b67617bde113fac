using System.Collections.Concurrent;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>A discriminator that is one value.</summary>
public class ScalarDiscriminatorConvention : StandardDiscriminatorConvention, IScalarDiscriminatorConvention
{
    private readonly ConcurrentDictionary<Type, BsonValue[]> _discriminators = new();

    public ScalarDiscriminatorConvention(string elementName) : base(elementName) { }

    public override BsonValue GetDiscriminator(Type nominalType, Type actualType)
    {
        var classMap = BsonClassMap.LookupClassMap(actualType);
        return actualType != nominalType || classMap.DiscriminatorIsRequired ? classMap.Discriminator : null;
    }

    public BsonValue[] GetDiscriminatorsForTypeAndSubTypes(Type type) =>
        _discriminators.GetOrAdd(type, BsonSerializer.GetDiscriminatorsForTypeAndSubTypes);
}
