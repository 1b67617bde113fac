using Microsoft.Extensions.DependencyInjection;
using Temporalio.Client;

namespace Temporalio.Tests.Signatures;

/// <summary>
/// Our assemblies are a subset of the official ones. The list beside this file holds what <see cref="SignatureReader" />
/// reads from Temporalio and Temporalio.Extensions.Hosting 1.21.1, for the types that we have.
/// </summary>
public sealed class SignatureTests
{
    [Theory]
    [InlineData(typeof(TemporalClient))]
    [InlineData(typeof(TemporalHostingServiceCollectionExtensions))]
    public void PublicMembers_OfOurAssembly_ExistInTheOfficialOne(Type anyType)
    {
        var types = anyType.Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("Temporalio.Api", StringComparison.Ordinal) == false);

        var unknown = SignatureReader.Read(types).Except(Official()).Where(line => !IsHarmless(line)).ToList();

        Assert.True(unknown.Count == 0, string.Join(Environment.NewLine, unknown));
    }

    // Copies of records have covariant types since .NET 5; an interceptor's input may know fewer values than the
    // official one, because only the SDK creates it; an override of a newer runtime's method adds nothing.
    private static bool IsHarmless(string line) =>
        line.EndsWith(" <Clone>$()", StringComparison.Ordinal)
        || line.Contains("DelayAsyncInput ", StringComparison.Ordinal)
        || line.EndsWith("DeterministicRandom virtual System.Void NextBytes(System.Span<System.Byte> buffer)", StringComparison.Ordinal);

    private static HashSet<string> Official()
    {
        using var stream = typeof(SignatureTests).Assembly.GetManifestResourceStream("Temporalio.Tests.Signatures.official-1.21.1.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n')];
    }
}
