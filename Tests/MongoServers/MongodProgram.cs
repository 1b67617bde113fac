using System.Diagnostics;
using Xunit;

namespace ImageLibrary.Tests.MongoServers;

/// <summary>Where the real mongod lies: named in MONGOD, on the PATH, or among the tools beside the repository.</summary>
public static class MongodProgram
{
    private static readonly Lazy<string?> Found = new(() => Search("mongod", "MONGOD"));

    /// <summary>Path of the program, or null.</summary>
    public static string? Path => Found.Value;

    /// <summary>Path of the program; skips the test when there is none.</summary>
    public static string PathOrSkip()
    {
        Assert.SkipWhen(Path is null, "No MongoDB: put `mongod` on the PATH, or name it in MONGOD.");
        return Path!;
    }

    /// <summary>Finds a program of the official tools.</summary>
    /// <param name="name">Name of its file.</param>
    /// <param name="variable">Environment variable that may name its path.</param>
    /// <returns>The path, or null.</returns>
    public static string? Search(string name, string variable)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Append(UnpackedTools());
        return folders.Where(folder => folder.Length > 0).Select(folder => System.IO.Path.Combine(folder, name))
            .Prepend(Environment.GetEnvironmentVariable(variable) ?? "").FirstOrDefault(File.Exists);
    }

    private static string UnpackedTools()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(System.IO.Path.Combine(root.FullName, "ImageLibrary.sln")))
        {
            root = root.Parent;
        }
        var script = System.IO.Path.Combine(root?.Parent?.FullName ?? "", "shared", "tools", "unpack");
        if (!File.Exists(script))
        {
            return "";
        }
        using var unpack = Process.Start(new ProcessStartInfo(script) { RedirectStandardOutput = true })!;
        var folder = unpack.StandardOutput.ReadToEnd().Trim();
        unpack.WaitForExit();
        return unpack.ExitCode == 0 ? folder : "";
    }
}
