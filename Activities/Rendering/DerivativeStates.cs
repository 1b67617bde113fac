using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>What of derivatives lies in the cache folder, and what is the source itself.</summary>
internal static class DerivativeStates
{
    /// <summary>Names of the files in the cache folder.</summary>
    public static IEnumerable<string> FileNames(this IEnumerable<Derivative> derivatives) =>
        derivatives.Where(derivative => !derivative.IsOriginal).Select(derivative => derivative.FileName);

    /// <summary>Whether the file of a derivative is there and whole; a source that is served itself needs none.</summary>
    public static bool Holds(this IBlobStore blobs, Derivative derivative) =>
        derivative.IsOriginal || blobs.Length(derivative.FileName) == derivative.Bytes;

    /// <summary>Derivatives of a content that is found again, here or elsewhere: its source has the time of the file that was read.</summary>
    public static IReadOnlyList<Derivative> FoundAgain(this IEnumerable<Derivative> derivatives, SourceContent content) =>
    [
        .. derivatives.Select(derivative => derivative.IsOriginal ? derivative with { OriginalModified = content.Modified } : derivative),
    ];
}
