using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>What the surprise of a codec or of an archive means: one picture is to blame, and the others go on.</summary>
public static class PictureFault
{
    /// <summary>Whether an exception that reading or rendering a picture ended with is a surprise.</summary>
    /// <param name="exception">The exception.</param>
    public static bool IsSurprise(Exception exception) =>
        exception is not (SourceException or PictureCrashException or OutOfMemoryException or OperationCanceledException);

    /// <summary>The failure of that picture.</summary>
    /// <param name="surprise">The exception.</param>
    public static SourceException Of(Exception surprise) => new(ImageFailure.Of(FailureClass.Corrupt), surprise);
}
