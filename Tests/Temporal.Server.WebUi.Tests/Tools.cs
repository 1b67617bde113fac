using ImageLibrary.Tests.Temporal.Conformance.Servers;
using Xunit;

namespace ImageLibrary.Tests.Temporal.Server.WebUi;

/// <summary>The programs that these tests run; a test whose program is missing is skipped.</summary>
internal static class Tools
{
    public static string Cli => Find("TEMPORAL_CLI", "temporal", "the official Temporal CLI");

    public static string UiServer => Find("TEMPORAL_UI_SERVER", "temporal-ui-server", "the official Temporal Web UI (temporal-ui-server)");

    public static string Chromium => Find("CHROMIUM", "chromium", "Chromium (Debian package chromium)");

    private static string Find(string variable, string name, string what)
    {
        var found = OfficialTools.Find(variable, name);
        Assert.SkipWhen(found is null, $"{what} is missing: put it on the PATH or name it in {variable}.");
        return found!;
    }
}
