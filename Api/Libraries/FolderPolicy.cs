using ImageLibrary.Api.Files;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Libraries;

/// <summary>Which folders may become a library.</summary>
/// <param name="options">Names the data folder, which never may.</param>
public sealed class FolderPolicy(ApiOptions options)
{
    /// <summary>Folder within the data folder for the pictures of the sample library, the one exception.</summary>
    public const string SampleFolder = "sample";

    private static readonly string[] SystemFolders = ["/proc", "/sys", "/dev", "/run"];

    /// <summary>Resolves a path and checks that it is a folder that may be a library.</summary>
    /// <param name="path">The path that was given.</param>
    /// <returns>The folder without links, and a sentence for the user when it is refused.</returns>
    public (string Path, string? Refusal) Resolve(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return ("", "'rootPath' must name a folder.");
        }
        if (!Path.IsPathFullyQualified(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            return (path, $"'rootPath' must be an absolute path, not '{path}'.");
        }
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full))
        {
            return (full, $"'{full}' is a file; a library needs a folder.");
        }
        if (!Directory.Exists(full))
        {
            return (full, $"The folder '{full}' does not exist, or may not be entered.");
        }
        if (RealPath.Of(full) is not { } real)
        {
            return (full, $"The folder '{full}' cannot be reached: its links lead nowhere or in a circle.");
        }
        return (real, Refusal(real));
    }

    /// <summary>What to say of a folder whose disk does not answer.</summary>
    /// <param name="folder">Its path.</param>
    public static string NotAnswering(string folder) =>
        $"The folder '{folder}' does not answer; is its drive or network share connected?";

    /// <summary>A sentence for the user when a folder cannot be listed, else null.</summary>
    /// <param name="folder">An existing folder.</param>
    public static string? Unreadable(string folder)
    {
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(folder).GetEnumerator();
            entries.MoveNext();
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return $"The folder '{folder}' may not be read; check its permissions.";
        }
    }

    private string? Refusal(string folder)
    {
        if (SystemFolders.Any(system => RealPath.IsWithin(folder, system)))
        {
            return $"The folder '{folder}' belongs to the operating system and cannot be a library.";
        }
        var data = RealPath.Of(options.DataDirectory) ?? options.DataDirectory;
        if (RealPath.IsWithin(folder, data) && !RealPath.IsWithin(folder, Path.Combine(data, SampleFolder)))
        {
            return $"The folder '{folder}' lies in the data folder of the server and cannot be a library.";
        }
        return CacheFolderTag.Marks(folder)
            ? $"The folder '{folder}' is marked as a cache by its {CacheFolderTag.FileName}: what lies there was made by a program, and cannot be a library."
            : null;
    }
}
