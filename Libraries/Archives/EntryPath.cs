namespace ImageLibrary.Archives;

/// <summary>Judges entry names. Nothing is ever extracted under them, but they become ids, links and messages.</summary>
internal static class EntryPath
{
    /// <summary>Whether a name leaves its archive: absolute, with a drive, or with a parent segment.</summary>
    /// <param name="path">'/' as separator.</param>
    internal static bool IsUnsafe(string path) =>
        path.Length == 0
        || path[0] == '/'
        || path.Contains('\0', StringComparison.Ordinal)
        || (path.Length >= 2 && path[1] == ':' && char.IsAsciiLetter(path[0]))
        || path.Split('/').Contains("..");
}
