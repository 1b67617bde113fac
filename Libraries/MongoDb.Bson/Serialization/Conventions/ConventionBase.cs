namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>A convention with a name.</summary>
public abstract class ConventionBase : IConvention
{
    /// <summary>The name is that of the class without "Convention".</summary>
    protected ConventionBase()
    {
        var name = GetType().Name;
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        name = tick < 0 ? name : name[..tick];
        Name = name.EndsWith("Convention", StringComparison.Ordinal) ? name[..^"Convention".Length] : name;
    }

    protected ConventionBase(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    public string Name { get; }
}
