using System.Reflection;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>The id is the member with one of these names.</summary>
public class NamedIdMemberConvention : ConventionBase, IClassMapConvention
{
    private const MemberTypes FieldsAndProperties = MemberTypes.Field | MemberTypes.Property;
    private const BindingFlags PublicInstance = BindingFlags.Instance | BindingFlags.Public;
    private readonly List<string> _names;
    private readonly MemberTypes _memberTypes;
    private readonly BindingFlags _bindingFlags;

    public NamedIdMemberConvention(params string[] names) : this((IEnumerable<string>)names) { }

    /// <summary>The first name that a class has is taken.</summary>
    public NamedIdMemberConvention(IEnumerable<string> names) : this(names, PublicInstance) { }

    public NamedIdMemberConvention(IEnumerable<string> names, MemberTypes memberTypes) : this(names, memberTypes, PublicInstance) { }

    public NamedIdMemberConvention(IEnumerable<string> names, BindingFlags bindingFlags) : this(names, FieldsAndProperties, bindingFlags) { }

    public NamedIdMemberConvention(IEnumerable<string> names, MemberTypes memberTypes, BindingFlags bindingFlags)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = [.. names];
        _memberTypes = memberTypes;
        _bindingFlags = bindingFlags | BindingFlags.DeclaredOnly;
    }

    public void Apply(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        foreach (var name in _names)
        {
            if (classMap.ClassType.GetMember(name, _memberTypes, _bindingFlags).FirstOrDefault() is { } member && IsSuitable(classMap, member))
            {
                classMap.MapIdMember(member);
                return;
            }
        }
    }
    // Properties of anonymous types have no setters; those of other classes that are mapped need not have one, either.
    private static bool IsSuitable(BsonClassMap classMap, MemberInfo member) =>
        member is not PropertyInfo property ||
        ((property.CanWrite || classMap.IsAnonymous || classMap.CreatorMaps.Any() || classMap.DeclaredMemberMaps.Any(map => map.MemberInfo == member)) &&
            !IsOverride(property));

    // An overridden property is mapped where it was declared first.
    private static bool IsOverride(PropertyInfo property) =>
        property.GetMethod is { IsVirtual: true } getter && getter.GetBaseDefinition().DeclaringType != property.DeclaringType;
}
