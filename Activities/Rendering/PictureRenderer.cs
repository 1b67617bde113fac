using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>Decodes the pictures of libraries; a crash of the process leaves a note of those that were in flight.</summary>
/// <param name="renderer">Decodes one picture.</param>
/// <param name="inFlight">Note of pictures in flight.</param>
public sealed class PictureRenderer(GuardedRenderer renderer, InFlightFile inFlight)
{
    /// <summary>Reads the header only.</summary>
    /// <param name="work">What the pictures share.</param>
    /// <param name="image">The image.</param>
    /// <param name="source">The whole file.</param>
    /// <exception cref="SourceException">The source cannot be shown.</exception>
    /// <exception cref="PictureCrashException">The helper died.</exception>
    public SourceFacts Inspect(PictureWork work, ImageRecord image, ReadOnlySpan<byte> source) =>
        renderer.Inspect(Request(work, image), source);

    /// <summary>Makes all derivatives from one decode.</summary>
    /// <param name="work">What the pictures share.</param>
    /// <param name="image">The image.</param>
    /// <param name="source">The whole file.</param>
    /// <param name="stop">Ends the wait for memory; a picture in work is completed.</param>
    /// <exception cref="SourceException">The source cannot be shown.</exception>
    /// <exception cref="PictureCrashException">The helper died.</exception>
    /// <exception cref="OperationCanceledException">Stopped before it was begun.</exception>
    public RenderResult Render(PictureWork work, ImageRecord image, ReadOnlySpan<byte> source, CancellationToken stop)
    {
        var request = Request(work, image) with { StopWaiting = stop };
        var result = renderer.Render(request, source, CancellationToken.None);
        inFlight.Clear(image.Id);
        return result;
    }

    private RenderRequest Request(PictureWork work, ImageRecord image)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(image);
        return new RenderRequest($"{image.Path} of {work.Library.Name}", work.Specs)
        {
            IsSuspect = inFlight.IsSuspect(image.Id),
            Note = () => inFlight.Note(image.Id),
        };
    }
}
