using System.Globalization;
using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>What the surprise of a codec or of an archive means: one picture is to blame, and the others go on.</summary>
public static class PictureFault
{
    /// <summary>Whether an exception that reading or rendering a picture ended with is a surprise.</summary>
    /// <param name="exception">The exception.</param>
    public static bool IsSurprise(Exception exception) =>
        exception is not (SourceException or PictureCrashException or OutOfMemoryException or OperationCanceledException);

    /// <summary>Whether a surprise lies in the content, so that reading it again will end the same; a disk may answer next time.</summary>
    /// <param name="exception">The exception.</param>
    public static bool IsOfContent(Exception exception) => IsSurprise(exception) && exception is not (IOException or UnauthorizedAccessException);

    /// <summary>The failure of a picture that took too long.</summary>
    /// <param name="deadline">Longest time for one picture.</param>
    public static ImageFailure TooSlow(TimeSpan deadline) => new(FailureClass.Timeout, string.Create(
        CultureInfo.InvariantCulture,
        $"Rendering took longer than {deadline.TotalSeconds:0.###} s; the setting is {LimitNames.Describe(LimitNames.PictureTime)}."));

    /// <summary>The failure of a file that is too large to be a picture.</summary>
    /// <param name="bytes">Bytes of the largest one.</param>
    public static ImageFailure TooLarge(long bytes) => new(FailureClass.TooLarge, string.Create(
        CultureInfo.InvariantCulture,
        $"The file is larger than {bytes:N0} bytes; the setting is {LimitNames.Describe(LimitNames.FileSize)}."));

    /// <summary>The failure of that picture.</summary>
    /// <param name="surprise">The exception.</param>
    public static SourceException Of(Exception surprise) => new(ImageFailure.Of(FailureClass.Corrupt), surprise);
}
