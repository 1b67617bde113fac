using System.Reflection;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>The arguments of creators are the members with the names and types of the parameters.</summary>
public class NamedParameterCreatorMapConvention : ConventionBase, ICreatorMapConvention
{
    public void Apply(BsonCreatorMap creatorMap)
    {
        ArgumentNullException.ThrowIfNull(creatorMap);
        if (creatorMap.Arguments != null || creatorMap.MemberInfo is not MethodBase method)
        {
            return;
        }
        var members = method.GetParameters().Select(parameter => FindMember(creatorMap.ClassMap.ClassType, parameter)).ToList();
        if (!members.Contains(null))
        {
            creatorMap.SetArguments(members);
        }
    }

    private static MemberInfo FindMember(Type type, ParameterInfo parameter)
    {
        foreach (var visibility in new[] { BindingFlags.Public, BindingFlags.NonPublic })
        {
            foreach (var memberType in new[] { MemberTypes.Property, MemberTypes.Field })
            {
                var members = type.GetMember(parameter.Name, memberType, visibility | BindingFlags.IgnoreCase | BindingFlags.Instance);
                if (members.Length == 1 && BsonClassMap.GetMemberInfoType(members[0]) == parameter.ParameterType)
                {
                    return members[0];
                }
            }
        }
        return null;
    }
}
