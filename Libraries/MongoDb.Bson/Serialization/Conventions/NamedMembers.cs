using System.Reflection;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>The members of a class that a convention looks for by their names.</summary>
internal sealed class NamedMembers
{
    public const MemberTypes FieldsAndProperties = MemberTypes.Field | MemberTypes.Property;
    public const BindingFlags PublicInstance = BindingFlags.Instance | BindingFlags.Public;
    private readonly List<string> _names;
    private readonly MemberTypes _types;
    private readonly BindingFlags _flags;

    public NamedMembers(IEnumerable<string> names, MemberTypes types, BindingFlags flags)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = [.. names];
        _types = types;
        _flags = flags | BindingFlags.DeclaredOnly;
    }

    /// <summary>The suitable member with the first of the names, or null.</summary>
    public MemberInfo Find(BsonClassMap classMap, Func<BsonClassMap, MemberInfo, bool> isSuitable)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        return _names.Select(name => classMap.ClassType.GetMember(name, _types, _flags).FirstOrDefault())
            .FirstOrDefault(member => member is not null && isSuitable(classMap, member));
    }
}
