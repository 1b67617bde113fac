using System.Reflection;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>The id is the member with one of these names.</summary>
public class NamedIdMemberConvention : ConventionBase, IClassMapConvention
{
    private readonly NamedMembers _members;

    public NamedIdMemberConvention(params string[] names) : this((IEnumerable<string>)names) { }

    /// <summary>The first name that a class has is taken.</summary>
    public NamedIdMemberConvention(IEnumerable<string> names) : this(names, NamedMembers.PublicInstance) { }

    public NamedIdMemberConvention(IEnumerable<string> names, MemberTypes memberTypes) : this(names, memberTypes, NamedMembers.PublicInstance) { }

    public NamedIdMemberConvention(IEnumerable<string> names, BindingFlags bindingFlags) : this(names, NamedMembers.FieldsAndProperties, bindingFlags) { }

    public NamedIdMemberConvention(IEnumerable<string> names, MemberTypes memberTypes, BindingFlags bindingFlags) =>
        _members = new NamedMembers(names, memberTypes, bindingFlags);

    public void Apply(BsonClassMap classMap)
    {
        if (_members.Find(classMap, IsSuitable) is { } member)
        {
            classMap.MapIdMember(member);
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
