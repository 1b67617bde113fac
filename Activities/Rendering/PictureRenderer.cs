using ImageLibrary.Core;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Activities;

/// <summary>
/// Decodes one picture: in this process within the memory budget, or in a helper process when its format, its size or its
/// history makes it a risk.
/// </summary>
/// <param name="renderer">Renders in this process.</param>
/// <param name="helper">Renders in another.</param>
/// <param name="memory">Admission by memory.</param>
/// <param name="inFlight">Note of pictures in flight.</param>
/// <param name="settings">Settings.</param>
/// <param name="logger">Log.</param>
public sealed partial class PictureRenderer(
    IImageRenderer renderer, IIsolatedRenderer helper, MemoryBudget memory, InFlightFile inFlight, ActivitySettings settings,
    ILogger<PictureRenderer> logger)
{
    /// <summary>Reads the header only.</summary>
    /// <param name="work">What the pictures share.</param>
    /// <param name="image">The image.</param>
    /// <param name="source">The whole file.</param>
    /// <exception cref="SourceException">The source cannot be shown.</exception>
    public SourceFacts Inspect(PictureWork work, ImageRecord image, ReadOnlySpan<byte> source)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(image);
        return (IsRisky(image, source) || EstimateHere(work, source) is not { } here ? helper.Estimate(source, work.Specs) : here).Facts;
    }

    /// <summary>Makes all derivatives from one decode.</summary>
    /// <param name="work">What the pictures share.</param>
    /// <param name="image">The image.</param>
    /// <param name="source">The whole file.</param>
    /// <exception cref="SourceException">The source cannot be shown.</exception>
    /// <exception cref="PictureCrashException">The helper died.</exception>
    public RenderResult Render(PictureWork work, ImageRecord image, ReadOnlySpan<byte> source)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(image);
        if (!IsRisky(image, source) && EstimateHere(work, source) is { } estimate)
        {
            using var admitted = memory.Take(estimate.PeakBytes);
            using var note = inFlight.Note(image.Id);
            return RenderHere(work, image, source);
        }
        var result = helper.Render(source, work.Specs, header => memory.Take(header.PeakBytes));
        inFlight.Clear(image.Id);
        return result;
    }

    private bool IsRisky(ImageRecord image, ReadOnlySpan<byte> source) =>
        source.Length > settings.IsolatedFileBytes || renderer.IsRisky(source) || inFlight.IsSuspect(image.Id);

    /// <summary>Null for what only the helper may try: it has memory of its own, and higher limits.</summary>
    private SourceEstimate? EstimateHere(PictureWork work, ReadOnlySpan<byte> source)
    {
        try
        {
            var estimate = renderer.Estimate(source, work.Specs);
            return estimate.PeakBytes <= settings.MemoryBudget ? estimate : null;
        }
        catch (SourceException exception) when (exception.Failure.Class == FailureClass.TooLarge)
        {
            return null;
        }
    }

    private RenderResult RenderHere(PictureWork work, ImageRecord image, ReadOnlySpan<byte> source)
    {
        using var deadline = new CancellationTokenSource(settings.PictureDeadline);
        try
        {
            return renderer.Render(source, work.Specs, deadline.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw new SourceException(ImageFailure.Of(FailureClass.Timeout), exception);
        }
        catch (Exception exception) when (exception is not (SourceException or OutOfMemoryException))
        {
            // A codec's surprise must not stop the other pictures of the library.
            LogDecodeFault(exception, image.Path, work.Library.Name);
            throw new SourceException(ImageFailure.Of(FailureClass.Corrupt), exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rendering {Path} of {Library} failed unexpectedly")]
    private partial void LogDecodeFault(Exception exception, string path, string library);
}
