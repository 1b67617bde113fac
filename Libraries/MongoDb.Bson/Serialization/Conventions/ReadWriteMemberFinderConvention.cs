using System.Reflection;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Maps fields and properties that can be read and written.</summary>
public class ReadWriteMemberFinderConvention : ConventionBase, IClassMapConvention
{
    private const MemberTypes FieldsAndProperties = MemberTypes.Field | MemberTypes.Property;
    private const BindingFlags PublicInstance = BindingFlags.Instance | BindingFlags.Public;
    private readonly MemberTypes _memberTypes;
    private readonly BindingFlags _bindingFlags;

    public ReadWriteMemberFinderConvention() : this(FieldsAndProperties) { }

    public ReadWriteMemberFinderConvention(MemberTypes memberTypes) : this(memberTypes, PublicInstance) { }

    public ReadWriteMemberFinderConvention(BindingFlags bindingFlags) : this(FieldsAndProperties, bindingFlags) { }

    public ReadWriteMemberFinderConvention(MemberTypes memberTypes, BindingFlags bindingFlags)
    {
        _memberTypes = memberTypes;
        _bindingFlags = bindingFlags | BindingFlags.DeclaredOnly;
    }

    public void Apply(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        if (_memberTypes.HasFlag(MemberTypes.Field))
        {
            foreach (var field in classMap.ClassType.GetFields(_bindingFlags).Where(field => !field.IsInitOnly && !field.IsLiteral))
            {
                classMap.MapMember(field);
            }
        }
        if (_memberTypes.HasFlag(MemberTypes.Property))
        {
            foreach (var property in classMap.ClassType.GetProperties(_bindingFlags).Where(property => IsMapped(property, classMap.ClassType)))
            {
                classMap.MapMember(property);
            }
        }
    }

    // An overridden property is mapped with the class that declared it first.
    private static bool IsMapped(PropertyInfo property, Type classType) =>
        property.CanRead && property.CanWrite && property.GetIndexParameters().Length == 0 &&
        !(property.GetMethod.IsVirtual && property.GetMethod.GetBaseDefinition().DeclaringType != classType);
}
