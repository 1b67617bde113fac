namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>A convention whose discriminators have one item for each level of classes.</summary>
public interface IHierarchicalDiscriminatorConvention : IDiscriminatorConvention;
