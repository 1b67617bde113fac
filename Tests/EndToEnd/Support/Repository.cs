using ImageLibrary.Tests.Temporal.Conformance.Servers;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>Where things are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The program as built in the same configuration as this test.</summary>
    public static string Program { get; } = Path.Combine(
        Root, "Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "imagelibrary.dll");

    /// <summary>Whether the long forms run in full.</summary>
    public static bool LongForms { get; } = Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") == "1";

    /// <summary>The official Temporal CLI: from TEMPORAL_CLI, the PATH, or the tools beside the checkout; skips when there is none.</summary>
    public static string TemporalCli()
    {
        var found = OfficialTools.Find("TEMPORAL_CLI", "temporal");
        Assert.SkipWhen(found is null, "needs the official Temporal CLI: set TEMPORAL_CLI or put `temporal` on the PATH");
        return found!;
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
