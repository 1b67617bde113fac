namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>A rule for the mapping of classes.</summary>
public interface IConvention
{
    string Name { get; }
}
