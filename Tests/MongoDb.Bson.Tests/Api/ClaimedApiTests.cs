using MongoDB.Bson;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Api;

/// <summary>
/// What of the official library's public API is here, in claimed.txt, and what is not, in left-out.txt. Using something that
/// was left out does not compile. To write both files anew, set BSON_WRITE_API=1.
/// </summary>
public sealed class ClaimedApiTests
{
    [Fact]
    public void PublicApi_ComparedWithTheOfficialLibrary_IsWhatTheListsSay()
    {
        using var official = new AssemblyApi(Support.OfficialBson);
        using var ours = new AssemblyApi(typeof(BsonValue).Assembly.Location);
        var (claimed, leftOut) = (new List<string>(), new List<string>());
        foreach (var type in official.TypeNames.Order(StringComparer.Ordinal))
        {
            if (!ours.HasType(type))
            {
                leftOut.Add(type);
                continue;
            }
            claimed.Add($"{official.Shape(type)} {type}");
            if (official.Shape(type) != ours.Shape(type))
            {
                leftOut.Add($"{type} as {official.Shape(type)}: here it is {ours.Shape(type)}");
            }
            leftOut.AddRange(official.Ancestors(type).Where(name => name != "System.ValueType").Distinct().Except(ours.Ancestors(type)).Select(name => $"{type} is {name}"));
            foreach (var member in official.DeclaredMembers(type).Order(StringComparer.Ordinal))
            {
                (ours.HasMember(type, member) ? claimed : leftOut).Add($"{type}: {member}");
            }
        }

        Check("claimed.txt", claimed);
        Check("left-out.txt", leftOut);
    }

    private static void Check(string name, List<string> lines)
    {
        var path = Path.Combine(Support.ApiFolder, name);
        var text = lines.Select(Shorten).ToArray();
        if (Environment.GetEnvironmentVariable("BSON_WRITE_API") == "1")
        {
            File.WriteAllLines(path, text);
        }
        Assert.Equal(File.ReadAllLines(path), text);
    }

    private static string Shorten(string line) => line.Replace("MongoDB.Bson.", "", StringComparison.Ordinal).Replace("System.", "", StringComparison.Ordinal);
}
