using System.Xml.Linq;
using Xunit;

namespace ImageLibrary.Tests.Architecture;

/// <summary>Reads the project files and enforces who may refer to whom.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Workflows"] = ["Core", "Temporal"],
        ["Activities"] = ["Workflows", "Core", "Archives", "Temporal"],
        ["Worker"] = ["Workflows", "Activities", "Core", "Imaging", "Imaging.Magick", "Archives", "Storage.Files", "Storage.Sqlite", "Storage.Mongo", "Temporal", "Temporal.Hosting", "Temporal.OpenTelemetry"],
        ["Api"] = ["Workflows", "Core", "Archives", "Storage.Files", "Storage.Sqlite", "Storage.Mongo", "Temporal", "Temporal.Hosting", "Temporal.OpenTelemetry"],
        ["Cli"] = ["Core", "Imaging", "Imaging.Magick", "Archives", "Storage.Files", "Storage.Sqlite", "Storage.Mongo", "Api", "Worker", "Temporal.Server"],
        ["Libraries/Core"] = [],
        ["Libraries/Imaging"] = ["Core"],
        ["Libraries/Imaging.Magick"] = ["Core"],
        ["Libraries/Archives"] = ["Core"],
        ["Libraries/Storage.Files"] = ["Core"],
        ["Libraries/Storage.Sqlite"] = ["Core"],
        ["Libraries/Storage.Mongo"] = ["Core", "MongoDb.Bson"],
        ["Libraries/MongoDb.Bson"] = [],
        ["Libraries/Temporal.Protocol"] = ["ProtoConverter"],
        ["Libraries/Temporal"] = ["Temporal.Protocol"],
        ["Libraries/Temporal.Hosting"] = ["Temporal"],
        ["Libraries/Temporal.OpenTelemetry"] = ["Temporal"],
        ["Libraries/Temporal.Testing"] = ["Temporal", "Temporal.Server"],
        ["Libraries/Temporal.Server"] = ["Temporal.Protocol"],
    };

    private static readonly string Root = FindRoot();

    public static TheoryData<string> Projects() => [.. Directory
        .EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "obj" or "bin" or "node_modules"))
        .Where(path => !path.StartsWith("Tests/", StringComparison.Ordinal)
            && !path.StartsWith("Bench/", StringComparison.Ordinal)
            && !path.StartsWith("build/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_OfProject_AreAllowed(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var folder = Path.GetDirectoryName(path)!.Replace('\\', '/');
        Assert.True(Allowed.TryGetValue(folder, out var allowed), $"{folder} is not part of the tree");
        var forbidden = References(Path.Combine(Root, path)).Except(allowed!).ToList();
        Assert.True(forbidden.Count == 0, $"{folder} must not refer to {string.Join(", ", forbidden)}");
    }

    [Fact]
    public void Sources_OfServerAndSdk_NeverNameEachOther()
    {
        Assert.DoesNotContain("Temporal.Server", References(Path.Combine(Root, "Libraries/Temporal/Temporal.csproj")));
        Assert.DoesNotContain("Temporal", References(Path.Combine(Root, "Libraries/Temporal.Server/Temporal.Server.csproj")));
    }

    private static IEnumerable<string> References(string project)
    {
        var document = XDocument.Load(project);
        var folder = Path.GetDirectoryName(project)!;
        foreach (var import in document.Descendants("Import").Select(element => element.Attribute("Project")?.Value).OfType<string>())
        {
            var imported = Path.Combine(folder, import.Replace("$(RepositoryRoot)", Root + "/", StringComparison.Ordinal));
            foreach (var name in References(imported))
            {
                yield return name;
            }
        }
        foreach (var reference in document.Descendants("ProjectReference"))
        {
            yield return Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'));
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ImageLibrary.sln")))
        {
            folder = folder.Parent;
        }
        return folder.FullName;
    }
}
