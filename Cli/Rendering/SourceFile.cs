using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>A picture or archive that the arguments mean.</summary>
/// <param name="Path">Path of the file, or of the folder that cannot be read.</param>
/// <param name="Relative">Its path below the folder that was named; a file that was named itself has its name only.</param>
/// <param name="Failure">Why it cannot be read at all.</param>
internal sealed record SourceFile(string Path, string Relative, ImageFailure? Failure = null);
