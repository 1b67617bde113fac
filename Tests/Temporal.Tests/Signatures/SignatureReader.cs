using System.Globalization;
using System.Reflection;
using System.Text;

namespace Temporalio.Tests.Signatures;

/// <summary>
/// Writes the public surface of an assembly, one line for each type, base, interface and member, in a form
/// that is equal for two assemblies exactly when source code that compiles against one compiles against the other.
/// Nullability and custom attributes are left out.
/// </summary>
internal static class SignatureReader
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Read(IEnumerable<Type> types)
    {
        foreach (var type in types.Where(IsVisible))
        {
            yield return $"{Kind(type)} {Name(type)}{Constraints(type.GetGenericArguments())}";
            foreach (var line in Bases(type).Concat(Members(type)))
            {
                yield return $"{Name(type)} {line}";
            }
        }
    }

    private static bool IsVisible(Type type) =>
        type.IsPublic || ((type.IsNestedPublic || (type.IsNestedFamily && !type.DeclaringType!.IsSealed)) && IsVisible(type.DeclaringType!));

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { BaseType.FullName: "System.MulticastDelegate" } => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.BaseType is { } parent && !type.IsValueType)
        {
            yield return $": {Name(parent)}";
        }
        foreach (var contract in type.GetInterfaces().Where(contract => !type.IsEnum && IsVisible(contract)))
        {
            yield return $": {Name(contract)}";
        }
    }

    private static IEnumerable<string> Members(Type type)
    {
        foreach (var field in type.GetFields(Declared).Where(field => Seen(field.Attributes, type) && !field.IsSpecialName))
        {
            var kind = field.IsLiteral ? "const " : field.IsStatic ? "static " : "";
            var value = field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : "";
            yield return $"{kind}{Name(field.FieldType)} {field.Name}{value}";
        }
        foreach (var constructor in type.GetConstructors(Declared).Where(method => Seen(method, type) && !method.IsStatic))
        {
            yield return $"{Access(constructor)}new({Parameters(constructor)})";
        }
        foreach (var property in type.GetProperties(Declared))
        {
            foreach (var accessor in new[] { property.GetMethod, property.SetMethod }.OfType<MethodInfo>().Where(method => Seen(method, type)))
            {
                var verb = accessor == property.GetMethod ? "get" : IsInit(accessor) ? "init" : "set";
                yield return $"{Access(accessor)}{Name(property.PropertyType)} {property.Name}[{Parameters(property.GetIndexParameters())}] {verb}";
            }
        }
        foreach (var member in type.GetEvents(Declared).Where(member => Seen(member.AddMethod!, type)))
        {
            yield return $"{Access(member.AddMethod!)}event {Name(member.EventHandlerType!)} {member.Name}";
        }
        foreach (var method in type.GetMethods(Declared).Where(method => Seen(method, type) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))))
        {
            var generics = method.GetGenericArguments();
            var list = generics.Length == 0 ? "" : $"<{string.Join(", ", generics.Select(argument => argument.Name))}>";
            yield return $"{Access(method)}{Name(method.ReturnType)} {method.Name}{list}({Parameters(method)}){Constraints(generics)}";
        }
    }

    private static bool Seen(MethodBase method, Type type) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !type.IsSealed);

    private static bool Seen(FieldAttributes attributes, Type type) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public
        || ((attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Family or FieldAttributes.FamORAssem && !type.IsSealed);

    private static string Access(MethodBase method)
    {
        var visibility = method.IsPublic ? "" : "protected ";
        if (method.DeclaringType!.IsInterface)
        {
            return method.IsStatic ? "static " : method.IsAbstract ? "" : "default ";
        }
        // A sealed implementation of an interface's member is virtual in metadata only.
        var dispatch = method.IsStatic ? "static " : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "";
        return visibility + (method.DeclaringType.IsSealed && dispatch == "virtual " ? "" : dispatch);
    }

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");

    private static string Parameters(MethodBase method)
    {
        var extension = method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "ExtensionAttribute") ? "this " : "";
        return extension + Parameters(method.GetParameters());
    }

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
    {
        var isParams = parameter.CustomAttributes.Any(attribute => attribute.AttributeType.Name is "ParamArrayAttribute" or "ParamCollectionAttribute");
        var direction = !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        var fallback = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue)}" : "";
        return $"{(isParams ? "params " : "")}{direction}{Name(parameter.ParameterType)} {parameter.Name}{fallback}";
    }));

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Constraints(Type[] generics)
    {
        var text = new StringBuilder();
        foreach (var generic in generics.Where(argument => argument.IsGenericParameter))
        {
            var parts = generic.GetGenericParameterConstraints().Select(Name).Order(StringComparer.Ordinal).ToList();
            var flags = generic.GenericParameterAttributes & GenericParameterAttributes.SpecialConstraintMask;
            if (flags != GenericParameterAttributes.None)
            {
                parts.Add(flags.ToString());
            }
            if (parts.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $" where {generic.Name} : {string.Join(", ", parts)}");
            }
        }
        return text.ToString();
    }

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }
        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }
        if (type.IsGenericParameter)
        {
            return type.Name;
        }
        var name = type.IsNested ? $"{Name(type.DeclaringType!).Split('<')[0]}.{type.Name}" : $"{type.Namespace}.{type.Name}";
        return type.IsGenericType
            ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : name;
    }
}
