using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>Tells paths that stay within their library from those that a link leads elsewhere.</summary>
internal static class LibraryPaths
{
    /// <summary>
    /// Whether a link on the way leads elsewhere. Folders are known by their real places only; an archive may itself be a link to
    /// one within the library.
    /// </summary>
    /// <param name="realRoot">Real path of the library's root.</param>
    /// <param name="path">Path relative to the root.</param>
    /// <param name="kind">What lies there.</param>
    /// <returns>False also where nothing lies there: then nothing can be read either.</returns>
    public static bool LeadsElsewhere(string realRoot, string path, CollectionKind kind)
    {
        var expected = Absolute(realRoot, path);
        if (Posix.RealPath(expected) is not { } real || real == expected)
        {
            return false;
        }
        return kind == CollectionKind.Folder
            || !IsBeneath(real, realRoot)
            || Posix.RealPath(Path.GetDirectoryName(expected)!) != Path.GetDirectoryName(expected);
    }

    /// <summary>Absolute path of a relative one.</summary>
    /// <param name="root">The root.</param>
    /// <param name="path">Path relative to it; empty for the root itself.</param>
    public static string Absolute(string root, string path) => path.Length == 0 ? root : Path.Combine(root, path);

    /// <summary>Whether a path is a folder or lies beneath it; both without links.</summary>
    /// <param name="path">The path.</param>
    /// <param name="folder">The folder.</param>
    public static bool IsBeneath(string path, string folder) =>
        path == folder || path.StartsWith(folder.EndsWith('/') ? folder : folder + "/", StringComparison.Ordinal);
}
