namespace ImageLibrary.Core;

/// <summary>A source cannot be used; carries what the user may see.</summary>
public sealed class SourceException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">Class and sentence.</param>
    /// <param name="inner">What the operating system or codec said.</param>
    public SourceException(ImageFailure failure, Exception? inner = null)
        : base(failure?.Message, inner) => Failure = failure ?? throw new ArgumentNullException(nameof(failure));

    /// <summary>Class and sentence.</summary>
    public ImageFailure Failure { get; }
}
