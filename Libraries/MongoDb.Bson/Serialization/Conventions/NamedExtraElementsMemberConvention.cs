using System.Reflection;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Elements without members go to the member with one of these names.</summary>
public class NamedExtraElementsMemberConvention : ConventionBase, IClassMapConvention
{
    private readonly NamedMembers _members;

    public NamedExtraElementsMemberConvention(string name) : this([name]) { }

    /// <summary>The first name that a class has is taken.</summary>
    public NamedExtraElementsMemberConvention(IEnumerable<string> names) : this(names, NamedMembers.PublicInstance) { }

    public NamedExtraElementsMemberConvention(IEnumerable<string> names, MemberTypes memberTypes) : this(names, memberTypes, NamedMembers.PublicInstance) { }

    public NamedExtraElementsMemberConvention(IEnumerable<string> names, BindingFlags bindingFlags) : this(names, NamedMembers.FieldsAndProperties, bindingFlags) { }

    public NamedExtraElementsMemberConvention(IEnumerable<string> names, MemberTypes memberTypes, BindingFlags bindingFlags) =>
        _members = new NamedMembers(names, memberTypes, bindingFlags);

    public void Apply(BsonClassMap classMap)
    {
        if (_members.Find(classMap, IsSuitable) is { } member)
        {
            classMap.MapExtraElementsMember(member);
        }
    }

    private static bool IsSuitable(BsonClassMap classMap, MemberInfo member)
    {
        var type = BsonClassMap.GetMemberInfoType(member);
        return (type == typeof(BsonDocument) || typeof(IDictionary<string, object>).IsAssignableFrom(type)) &&
            (member is FieldInfo { IsInitOnly: false } or PropertyInfo { CanWrite: true }) && classMap.ClassType == member.DeclaringType;
    }
}
