namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>A convention that looks at a class map after all others.</summary>
public interface IPostProcessingConvention : IConvention
{
    void PostProcess(BsonClassMap classMap);
}
