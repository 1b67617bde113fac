using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>A picture as it was read: its bytes, or why there are none.</summary>
/// <param name="Image">The image as planned.</param>
/// <param name="Content">The bytes; null when they could not be read.</param>
/// <param name="Failure">Why they could not be read.</param>
public sealed record ReadPicture(ImageRecord Image, SourceContent? Content, ImageFailure? Failure) : IDisposable
{
    /// <summary>Reads a picture.</summary>
    /// <param name="reader">Reads the collection's pictures.</param>
    /// <param name="image">The image.</param>
    /// <param name="halt">Read no further picture.</param>
    /// <returns>Null when told to halt.</returns>
    internal static ReadPicture? From(SourceReader reader, ImageRecord image, CancellationToken halt)
    {
        try
        {
            return halt.IsCancellationRequested ? null : new ReadPicture(image, reader.Read(image), null);
        }
        catch (SourceException exception)
        {
            return new ReadPicture(image, null, exception.Failure);
        }
    }

    /// <summary>Returns the buffer.</summary>
    public void Dispose() => Content?.Dispose();
}
