namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Calls a delegate.</summary>
public class DelegatePostProcessingConvention : ConventionBase, IPostProcessingConvention
{
    private readonly Action<BsonClassMap> _action;

    public DelegatePostProcessingConvention(string name, Action<BsonClassMap> action) : base(name)
    {
        ArgumentNullException.ThrowIfNull(action);
        _action = action;
    }

    public void PostProcess(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        _action(classMap);
    }
}
