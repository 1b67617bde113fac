namespace ImageLibrary.Core;

/// <summary>Why an image, archive or folder failed.</summary>
/// <param name="Class">The class, for grouping.</param>
/// <param name="Message">One sentence for the user; never a stack trace.</param>
public sealed record ImageFailure(FailureClass Class, string Message)
{
    /// <summary>Whether trying again without changing the source can help.</summary>
    public bool Retryable => Class is FailureClass.Timeout or FailureClass.Permission or FailureClass.IoError or FailureClass.Crashed;

    /// <summary>A failure with the class's own sentence.</summary>
    /// <param name="failureClass">The class.</param>
    public static ImageFailure Of(FailureClass failureClass) => new(failureClass, Sentence(failureClass));

    private static string Sentence(FailureClass failureClass) => failureClass switch
    {
        FailureClass.Empty => "The file is empty.",
        FailureClass.Truncated => "The file ends too early; copy it again from its source.",
        FailureClass.Corrupt => "The content is damaged and cannot be shown.",
        FailureClass.DamagedSource => "The source is damaged; the readable part is shown.",
        FailureClass.Unsupported => "The content is not a supported image format.",
        FailureClass.NoPreview => "The RAW file has no embedded preview.",
        FailureClass.TooLarge => "The image is larger than the configured limits allow.",
        FailureClass.TooManyEntries => "The archive has more entries than the configured limit allows.",
        FailureClass.Timeout => "Rendering took longer than its deadline.",
        FailureClass.Encrypted => "The archive is encrypted.",
        FailureClass.UnsafePath => "The entry's name points outside of its archive; it was not read.",
        FailureClass.Permission => "The file or folder may not be read; check its permissions.",
        FailureClass.Unreadable => "The name is not valid UTF-8, so the file cannot be opened; rename it.",
        FailureClass.IoError => "Reading the file failed.",
        FailureClass.Crashed => "Rendering this image crashed; it is set aside.",
        _ => throw new ArgumentOutOfRangeException(nameof(failureClass), failureClass, "unknown failure class"),
    };
}
