using System.Runtime.CompilerServices;

namespace MongoDB.Bson.Serialization;

/// <summary>Questions about types.</summary>
internal static class TypeExtensions
{
    /// <summary>Whether the compiler made the type for <c>new { … }</c>; the names are those of C# and Visual Basic.</summary>
    public static bool IsAnonymousType(this Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && type.IsGenericType && !type.IsPublic && type.IsSealed &&
        (type.Name.StartsWith("<>", StringComparison.Ordinal) || type.Name.StartsWith("VB$", StringComparison.Ordinal)) &&
        type.Name.Contains("Anonymous", StringComparison.Ordinal);
}
