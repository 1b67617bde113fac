using System.Reflection;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>
/// Maps classes that cannot be changed: those without a constructor for empty objects and without public setters, whose
/// constructors have a parameter for each property that they set.
/// </summary>
public class ImmutableTypeClassMapConvention : ConventionBase, IClassMapConvention
{
    public void Apply(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        var type = classMap.ClassType;
        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public);
        if (type.GetConstructor(Type.EmptyTypes) != null || properties.Any(property => property.SetMethod is { IsPublic: true }))
        {
            return;
        }
        var constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(constructor => !constructor.IsPrivate && constructor.GetParameters().All(parameter => Matching(properties, parameter).Count() == 1))
            .ToList();
        if (constructors.Count == 0)
        {
            return;
        }
        foreach (var constructor in constructors.Where(constructor => constructor.IsPublic && !type.IsAbstract))
        {
            classMap.MapConstructor(constructor);
        }
        // A protected constructor is called by those of derived classes, which need the members.
        var parameters = constructors.SelectMany(constructor => constructor.GetParameters()).ToList();
        foreach (var property in properties.Where(property => property.DeclaringType == type && parameters.Exists(parameter => IsMatch(property, parameter))))
        {
            var memberMap = classMap.MapMember(property);
            if (classMap.IsAnonymous)
            {
                memberMap.SetDefaultValue(memberMap.DefaultValue);
            }
        }
    }

    private static IEnumerable<PropertyInfo> Matching(PropertyInfo[] properties, ParameterInfo parameter) =>
        properties.Where(property => IsMatch(property, parameter));

    private static bool IsMatch(PropertyInfo property, ParameterInfo parameter) =>
        string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase);
}
