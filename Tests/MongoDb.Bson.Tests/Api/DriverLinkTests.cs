using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Api;

/// <summary>Every reference of the driver to the BSON library resolves, and its types fit onto ours.</summary>
public sealed class DriverLinkTests
{
    private static readonly string DriverPath = typeof(IMongoClient).Assembly.Location;

    [Fact]
    public void Identity_OfOurAssembly_IsTheOneThatTheDriverNames()
    {
        var wanted = typeof(IMongoClient).Assembly.GetReferencedAssemblies().Single(name => name.Name == "MongoDB.Bson");
        Assert.Equal(wanted.FullName, typeof(BsonValue).Assembly.GetName().FullName);
    }

    [Fact]
    public void References_OfTheDriver_AllResolve()
    {
        using var ours = new AssemblyApi(typeof(BsonValue).Assembly.Location);
        using var file = new PEReader(File.OpenRead(DriverPath));
        var driver = file.GetMetadataReader();
        var types = driver.TypeReferences.Where(handle => IsBson(driver, handle)).Select(handle => SignatureNames.NameOf(driver, handle)).ToList();
        var members = driver.MemberReferences.Select(driver.GetMemberReference).Where(member => IsBson(driver, member.Parent))
            .Select(member => (Type: SignatureNames.NameOf(driver, member.Parent), Signature: Describe(driver, member))).Distinct().ToList();

        Assert.All(types, type => Assert.True(ours.HasType(type), type));
        Assert.All(members, member => Assert.True(ours.HasMember(member.Type, member.Signature), $"{member.Type}: {member.Signature}"));
        Assert.Equal((183, 481), (types.Count, members.Count));
    }

    [Fact]
    public void Types_OfTheDriver_AllLoad()
    {
        // Loading a type checks its base class, its interfaces, what it overrides, and the constraints of type arguments.
        try
        {
            Assert.NotEmpty(typeof(IMongoClient).Assembly.GetTypes());
        }
        catch (ReflectionTypeLoadException exception)
        {
            // Types that need the driver's other dependencies, which are not here, are the only ones that may fail.
            Assert.All(exception.LoaderExceptions, cause => Assert.IsType<FileNotFoundException>(cause));
            Assert.DoesNotContain(exception.LoaderExceptions, cause => cause!.Message.Contains("MongoDB", StringComparison.Ordinal));
        }
    }

    private static string Describe(MetadataReader reader, MemberReference member)
    {
        var name = reader.GetString(member.Name);
        return member.GetKind() == MemberReferenceKind.Method
            ? SignatureNames.Describe(name, member.DecodeMethodSignature(new SignatureNames([]), null))
            : $"{name} : {member.DecodeFieldSignature(new SignatureNames([]), null)}";
    }

    private static bool IsBson(MetadataReader reader, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeReference:
                var scope = reader.GetTypeReference((TypeReferenceHandle)handle).ResolutionScope;
                return scope.Kind == HandleKind.TypeReference ? IsBson(reader, scope)
                    : scope.Kind == HandleKind.AssemblyReference &&
                        reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name) == "MongoDB.Bson";
            case HandleKind.TypeSpecification:
                var blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
                if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                {
                    return false;
                }
                blob.ReadByte();
                return IsBson(reader, blob.ReadTypeHandle());
            default:
                return false;
        }
    }
}
