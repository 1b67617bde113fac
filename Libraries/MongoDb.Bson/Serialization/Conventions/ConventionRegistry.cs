namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>The conventions of the process: the default ones first, those of attributes last.</summary>
public static class ConventionRegistry
{
    private const string Defaults = "__defaults__";
    private const string Attributes = "__attributes__";
    private static readonly Lock Guard = new();
    private static readonly List<(string Name, IConventionPack Pack, Func<Type, bool> Filter)> Packs =
    [
        (Defaults, DefaultConventionPack.Instance, _ => true),
        (Attributes, AttributeConventionPack.Instance, _ => true),
    ];

    /// <summary>All conventions for a type, in the order in which they are applied.</summary>
    public static IConventionPack Lookup(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        lock (Guard)
        {
            var pack = new ConventionPack();
            foreach (var entry in Packs.Where(entry => entry.Filter(type)))
            {
                pack.Append(entry.Pack);
            }
            return pack;
        }
    }

    /// <summary>Must be called before the class maps of the types are made.</summary>
    public static void Register(string name, IConventionPack conventions, Func<Type, bool> filter)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(conventions);
        ArgumentNullException.ThrowIfNull(filter);
        lock (Guard)
        {
            var attributes = Packs.FindIndex(entry => entry.Name == Attributes);
            Packs.Insert(attributes < 0 ? Packs.Count : attributes, (name, conventions, filter));
        }
    }

    public static void Remove(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (Guard)
        {
            Packs.RemoveAll(entry => entry.Name == name);
        }
    }
}
