namespace MongoDB.Bson.Serialization;

/// <summary>Names of types as discriminators: without the assembly where the type is found without it.</summary>
public static class TypeNameDiscriminator
{
    /// <summary>The type of a name, looked for in all loaded assemblies; null if there is none.</summary>
    public static Type GetActualType(string typeName)
    {
        ArgumentNullException.ThrowIfNull(typeName);
        try
        {
            return Type.GetType(typeName, throwOnError: false)
                ?? AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(typeName, throwOnError: false)).FirstOrDefault(type => type != null);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or TypeLoadException or BadImageFormatException)
        {
            return null;
        }
    }

    public static string GetDiscriminator(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.IsGenericType)
        {
            var arguments = type.GetGenericArguments().Select(argument =>
            {
                var name = GetDiscriminator(argument);
                return name.Contains(',', StringComparison.Ordinal) ? $"[{name}]" : name;
            });
            var definition = type.GetGenericTypeDefinition();
            return $"{definition.FullName}[{string.Join(',', arguments)}]{AssemblySuffix(type)}";
        }
        return type.FullName + AssemblySuffix(type);
    }

    // The name alone is enough for the types of the runtime's core library.
    private static string AssemblySuffix(Type type) =>
        type.Assembly == typeof(object).Assembly ? string.Empty : $", {type.Assembly.GetName().Name}";
}
