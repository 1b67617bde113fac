namespace MongoDB.Bson.Serialization;

/// <summary>An attribute that looks at a class map after all others.</summary>
public interface IBsonPostProcessingAttribute
{
    void PostProcess(BsonClassMap classMap);
}
