namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>A discriminator with an item for each class from the root class on; a single item is not put into an array.</summary>
public class HierarchicalDiscriminatorConvention : StandardDiscriminatorConvention, IHierarchicalDiscriminatorConvention
{
    public HierarchicalDiscriminatorConvention(string elementName) : base(elementName) { }

    public override BsonValue GetDiscriminator(Type nominalType, Type actualType)
    {
        var classMap = BsonClassMap.LookupClassMap(actualType);
        if (actualType == nominalType && !classMap.DiscriminatorIsRequired && !classMap.HasRootClass)
        {
            return null;
        }
        if (!classMap.HasRootClass || classMap.IsRootClass)
        {
            return classMap.Discriminator;
        }
        var levels = new List<BsonValue> { classMap.Discriminator };
        while (!classMap.IsRootClass)
        {
            classMap = classMap.BaseClassMap;
            levels.Add(classMap.Discriminator);
        }
        levels.Reverse();
        return new BsonArray(levels);
    }
}
