using System.Reflection;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Elements without members go to the member with one of these names.</summary>
public class NamedExtraElementsMemberConvention : ConventionBase, IClassMapConvention
{
    private const MemberTypes FieldsAndProperties = MemberTypes.Field | MemberTypes.Property;
    private const BindingFlags PublicInstance = BindingFlags.Instance | BindingFlags.Public;
    private readonly List<string> _names;
    private readonly MemberTypes _memberTypes;
    private readonly BindingFlags _bindingFlags;

    public NamedExtraElementsMemberConvention(string name) : this([name]) { }

    /// <summary>The first name that a class has is taken.</summary>
    public NamedExtraElementsMemberConvention(IEnumerable<string> names) : this(names, PublicInstance) { }

    public NamedExtraElementsMemberConvention(IEnumerable<string> names, MemberTypes memberTypes) : this(names, memberTypes, PublicInstance) { }

    public NamedExtraElementsMemberConvention(IEnumerable<string> names, BindingFlags bindingFlags) : this(names, FieldsAndProperties, bindingFlags) { }

    public NamedExtraElementsMemberConvention(IEnumerable<string> names, MemberTypes memberTypes, BindingFlags bindingFlags)
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
                classMap.MapExtraElementsMember(member);
                return;
            }
        }
    }
    private static bool IsSuitable(BsonClassMap classMap, MemberInfo member)
    {
        var type = BsonClassMap.GetMemberInfoType(member);
        return (type == typeof(BsonDocument) || typeof(IDictionary<string, object>).IsAssignableFrom(type)) &&
            (member is FieldInfo { IsInitOnly: false } or PropertyInfo { CanWrite: true }) && classMap.ClassType == member.DeclaringType;
    }
}
