namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Conventions that are used together.</summary>
public interface IConventionPack
{
    IEnumerable<IConvention> Conventions { get; }
}
