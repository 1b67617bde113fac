using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ImageLibrary.Tests.MongoDb.Bson.Api;

/// <summary>The public types of an assembly and their members, from its metadata.</summary>
internal sealed class AssemblyApi : IDisposable
{
    private readonly PEReader _file;
    private readonly Dictionary<string, TypeDefinition> _types = [];

    public AssemblyApi(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        Reader = _file.GetMetadataReader();
        foreach (var handle in Reader.TypeDefinitions)
        {
            var type = Reader.GetTypeDefinition(handle);
            if (IsVisible(type))
            {
                _types[SignatureNames.NameOf(Reader, handle)] = type;
            }
        }
    }

    public MetadataReader Reader { get; }

    public IEnumerable<string> TypeNames => _types.Keys;

    public string Identity
    {
        get
        {
            var name = Reader.GetAssemblyDefinition().GetAssemblyName();
            return name.FullName;
        }
    }

    public bool HasType(string name) => _types.ContainsKey(name);

    /// <summary>"class", "interface", "struct", "enum" or "delegate", with the number of type parameters and their constraints.</summary>
    public string Shape(string name)
    {
        var type = _types[name];
        var baseName = type.BaseType.IsNil ? "" : SignatureNames.NameOf(Reader, type.BaseType);
        var kind = type.Attributes.HasFlag(TypeAttributes.Interface) ? "interface"
            : baseName == "System.Enum" ? "enum"
            : baseName == "System.ValueType" ? "struct"
            : baseName == "System.MulticastDelegate" ? "delegate"
            : type.Attributes.HasFlag(TypeAttributes.Abstract | TypeAttributes.Sealed) ? "static class"
            : type.Attributes.HasFlag(TypeAttributes.Abstract) ? "abstract class"
            : type.Attributes.HasFlag(TypeAttributes.Sealed) ? "sealed class" : "class";
        return $"{kind}{Constraints(type.GetGenericParameters())}";
    }

    /// <summary>Everything that the type is: its base classes and interfaces, those of its base classes included.</summary>
    public IEnumerable<string> Ancestors(string name)
    {
        var type = _types[name];
        var arguments = OwnParameters(type);
        foreach (var (ancestor, _, _) in Walk(type, arguments))
        {
            yield return ancestor;
        }
    }

    /// <summary>The signatures of the public and protected members that the type itself declares.</summary>
    public IEnumerable<string> DeclaredMembers(string name) => Members(_types[name], OwnParameters(_types[name]));

    /// <summary>Whether the type or a base class of it has a member of this signature.</summary>
    public bool HasMember(string name, string signature)
    {
        var type = _types[name];
        var arguments = OwnParameters(type);
        return Members(type, arguments).Contains(signature) ||
            Walk(type, arguments).Any(ancestor => ancestor.Definition is { } definition && Members(definition, ancestor.Arguments).Contains(signature));
    }

    public void Dispose() => _file.Dispose();

    private bool IsVisible(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(Reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static ImmutableArray<string> OwnParameters(TypeDefinition type) =>
        [.. Enumerable.Range(0, type.GetGenericParameters().Count).Select(index => $"!{index}")];

    private string Constraints(GenericParameterHandleCollection parameters) => string.Concat(parameters.Select(handle =>
    {
        var parameter = Reader.GetGenericParameter(handle);
        var types = parameter.GetConstraints().Select(constraint => SignatureNames.NameOf(Reader, Reader.GetGenericParameterConstraint(constraint).Type)).Order();
        return $"<{parameter.Attributes & GenericParameterAttributes.SpecialConstraintMask}:{string.Join(',', types)}>";
    }));

    private IEnumerable<(string Name, TypeDefinition? Definition, ImmutableArray<string> Arguments)> Walk(TypeDefinition type, ImmutableArray<string> arguments)
    {
        var parents = type.GetInterfaceImplementations().Select(handle => Reader.GetInterfaceImplementation(handle).Interface);
        foreach (var parent in type.BaseType.IsNil ? parents : parents.Append(type.BaseType))
        {
            var (name, parentArguments) = SignatureNames.Instance(Reader, parent, arguments);
            TypeDefinition? definition = _types.TryGetValue(name, out var own) ? own : null;
            yield return (parentArguments.IsEmpty ? name : $"{name}<{string.Join(',', parentArguments)}>", definition, parentArguments);
            if (definition is { } found)
            {
                foreach (var ancestor in Walk(found, parentArguments))
                {
                    yield return ancestor;
                }
            }
        }
    }

    private HashSet<string> Members(TypeDefinition type, ImmutableArray<string> arguments)
    {
        var members = new HashSet<string>();
        var names = new SignatureNames(arguments);
        foreach (var handle in type.GetMethods())
        {
            var method = Reader.GetMethodDefinition(handle);
            if ((method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem)
            {
                members.Add(SignatureNames.Describe(Reader.GetString(method.Name), method.DecodeSignature(names, null)));
            }
        }
        foreach (var handle in type.GetFields())
        {
            var field = Reader.GetFieldDefinition(handle);
            if ((field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem)
            {
                members.Add($"{Reader.GetString(field.Name)} : {field.DecodeSignature(names, null)}");
            }
        }
        return members;
    }
}
