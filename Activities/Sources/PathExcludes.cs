using System.IO.Enumeration;

namespace ImageLibrary.Activities;

/// <summary>What a scan leaves out: what other programs keep for themselves, and the library's own patterns.</summary>
/// <param name="patterns">
/// Globs: one without '/' matches a name at any depth, one with '/' the path relative to the root; <c>*</c> and <c>?</c>
/// also match '/'.
/// </param>
internal sealed class PathExcludes(IReadOnlyList<string> patterns)
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "@eaDir", "#recycle", "#snapshot", ".stversions", "lost+found", "$RECYCLE.BIN", "__MACOSX", "Thumbs.db",
    };

    private readonly string[] ofNames = [.. patterns.Where(pattern => !pattern.Contains('/'))];
    private readonly string[] ofPaths = [.. patterns.Where(pattern => pattern.Contains('/')).Select(pattern => pattern.Trim('/'))];

    /// <summary>Whether a file or folder is left out.</summary>
    /// <param name="path">Path relative to the root.</param>
    /// <param name="name">Its last segment.</param>
    public bool Match(string path, string name) =>
        name.StartsWith('.')
        || Names.Contains(name)
        || ofNames.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name))
        || ofPaths.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, path));
}
