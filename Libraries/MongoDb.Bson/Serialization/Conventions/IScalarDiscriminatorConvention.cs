namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>A convention whose discriminators are single values.</summary>
public interface IScalarDiscriminatorConvention : IDiscriminatorConvention
{
    /// <summary>All discriminators by which a query finds a type and its subtypes.</summary>
    BsonValue[] GetDiscriminatorsForTypeAndSubTypes(Type type);
}
