using System.Diagnostics;
using Xunit;

namespace ImageLibrary.Tests.Temporal.Server.WebUi;

/// <summary>Finds the official programs: environment, then PATH, then the folder of unpacked tools beside the repository.</summary>
internal static class Tools
{
    private static readonly Lazy<string?> Unpacked = new(Unpack);

    public static string Cli => Find("TEMPORAL_CLI", "temporal", "the official Temporal CLI");

    public static string UiServer => Find("TEMPORAL_UI_SERVER", "temporal-ui-server", "the official Temporal Web UI (temporal-ui-server)");

    public static string Chromium => Find("CHROMIUM", "chromium", "Chromium (Debian package chromium)");

    private static string Find(string variable, string name, string what)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append(Unpacked.Value ?? "");
        var found = folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name))
            .Prepend(Environment.GetEnvironmentVariable(variable) ?? "")
            .FirstOrDefault(File.Exists);
        if (found is null)
        {
            Assert.Skip($"{what} is missing: put it on the PATH or name it in {variable}.");
        }

        return found;
    }

    private static string? Unpack()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "ImageLibrary.sln")))
        {
            root = root.Parent;
        }

        var script = root?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "tools", "unpack") : "";
        if (!File.Exists(script))
        {
            return null;
        }

        using var unpack = Process.Start(new ProcessStartInfo(script) { RedirectStandardOutput = true })!;
        var folder = unpack.StandardOutput.ReadToEnd().Trim();
        unpack.WaitForExit();
        return unpack.ExitCode == 0 ? folder : null;
    }
}
