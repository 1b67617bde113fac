using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>A picture to be rendered, in a folder or in an archive.</summary>
/// <param name="Path">Path of the file or archive.</param>
/// <param name="Entry">The entry, when the picture lies in an archive.</param>
/// <param name="OutputStem">Path of its derivatives below the output folder, without kind and extension.</param>
/// <param name="Failure">Why it cannot be read at all, such as a damaged archive.</param>
internal sealed record RenderSource(string Path, ArchiveEntry? Entry, string OutputStem, ImageFailure? Failure = null)
{
    /// <summary>Whether it is reached only through all entries before it.</summary>
    internal bool IsSequential { get; init; }

    /// <summary>The path as people see it: entries follow their archive.</summary>
    internal string DisplayPath => Entry is null ? Path : $"{Path}/{Entry.Path}";
}
