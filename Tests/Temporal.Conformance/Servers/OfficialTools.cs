using System.Diagnostics;

namespace ImageLibrary.Tests.Temporal.Conformance.Servers;

/// <summary>Finds the official programs: by the environment, then on the PATH, then among the tools that may lie beside the repository.</summary>
internal static class OfficialTools
{
    private static readonly Lazy<string?> Unpacked = new(Unpack);

    /// <summary>The path of a program, or null.</summary>
    /// <param name="variable">The environment variable that may name it.</param>
    /// <param name="name">Its file name.</param>
    public static string? Find(string variable, string name) =>
        Existing([Environment.GetEnvironmentVariable(variable) ?? string.Empty])
        ?? Existing((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        ?? (Unpacked.Value is { } folder ? Existing([Path.Combine(folder, name)]) : null);

    private static string? Existing(IEnumerable<string> paths) => paths.FirstOrDefault(File.Exists);

    private static string? Unpack()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "ImageLibrary.sln")))
        {
            root = root.Parent;
        }

        var script = root?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "tools", "unpack") : string.Empty;
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
