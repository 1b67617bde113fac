using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace ImageLibrary.Tests.MongoDb.Bson.Api;

/// <summary>Writes signatures as text in which type parameters are replaced by their arguments.</summary>
internal sealed class SignatureNames(ImmutableArray<string> arguments) : ISignatureTypeProvider<string, object?>
{
    public static string Describe(string name, MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "" : "static ")}{name}{(signature.GenericParameterCount > 0 ? $"``{signature.GenericParameterCount}" : "")}" +
        $"({string.Join(", ", signature.ParameterTypes)}) : {signature.ReturnType}";

    public static string NameOf(MetadataReader reader, EntityHandle handle) => Instance(reader, handle, []).Name;

    /// <summary>The name of a type and its arguments.</summary>
    public static (string Name, ImmutableArray<string> Arguments) Instance(MetadataReader reader, EntityHandle handle, ImmutableArray<string> arguments)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                var definition = reader.GetTypeDefinition((TypeDefinitionHandle)handle);
                var declaring = definition.GetDeclaringType();
                return (Join(declaring.IsNil ? null : NameOf(reader, declaring), reader.GetString(definition.Namespace), reader.GetString(definition.Name)), []);
            case HandleKind.TypeReference:
                var reference = reader.GetTypeReference((TypeReferenceHandle)handle);
                var outer = reference.ResolutionScope.Kind == HandleKind.TypeReference ? NameOf(reader, reference.ResolutionScope) : null;
                return (Join(outer, reader.GetString(reference.Namespace), reader.GetString(reference.Name)), []);
            default:
                var text = reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(new SignatureNames(arguments), null);
                return Split(text);
        }
    }

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => $"ref {elementType}";

    public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(',', typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => index < arguments.Length ? arguments[index] : $"!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => NameOf(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => NameOf(reader, handle);

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    private static string Join(string? outer, string space, string name) => outer != null ? $"{outer}+{name}" : space.Length == 0 ? name : $"{space}.{name}";

    // A generic type's text is its name and, between angle brackets, its arguments, which may be generic themselves.
    private static (string Name, ImmutableArray<string> Arguments) Split(string text)
    {
        var start = text.IndexOf('<', StringComparison.Ordinal);
        if (start < 0)
        {
            return (text, []);
        }
        var parts = ImmutableArray.CreateBuilder<string>();
        var (depth, begin) = (0, start + 1);
        for (var index = start + 1; index < text.Length; index++)
        {
            depth += text[index] switch { '<' => 1, '>' => -1, _ => 0 };
            if ((text[index] == ',' && depth == 0) || depth < 0)
            {
                parts.Add(text[begin..index]);
                begin = index + 1;
            }
        }
        return (text[..start], parts.ToImmutable());
    }
}
