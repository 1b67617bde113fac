namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Calls a delegate.</summary>
public class DelegateClassMapConvention : ConventionBase, IClassMapConvention
{
    private readonly Action<BsonClassMap> _action;

    public DelegateClassMapConvention(string name, Action<BsonClassMap> action) : base(name)
    {
        ArgumentNullException.ThrowIfNull(action);
        _action = action;
    }

    public void Apply(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        _action(classMap);
    }
}
