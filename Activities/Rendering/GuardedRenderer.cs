using ImageLibrary.Core;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Activities;

/// <summary>
/// Decodes one picture: in this process, within the memory budget and its deadline, or in a helper process when its format, its
/// size or its history makes it a risk.
/// </summary>
/// <param name="renderer">Renders in this process.</param>
/// <param name="helper">Renders in another.</param>
/// <param name="memory">Admission by memory.</param>
/// <param name="settings">Settings.</param>
/// <param name="logger">Log.</param>
public sealed partial class GuardedRenderer(
    IImageRenderer renderer, IIsolatedRenderer helper, MemoryBudget memory, RenderSettings settings, ILogger<GuardedRenderer> logger)
{
    /// <summary>Reads the header only.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="source">The whole file.</param>
    /// <exception cref="SourceException">The source cannot be shown.</exception>
    /// <exception cref="PictureCrashException">The helper died.</exception>
    public SourceFacts Inspect(RenderRequest request, ReadOnlySpan<byte> source)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (EstimateHere(request, source) ?? helper.Estimate(source, request.Specs)).Facts;
    }

    /// <summary>Makes all derivatives from one decode; waits for the memory that it takes.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="source">The whole file.</param>
    /// <param name="cancellationToken">Ends the wait, and soon what is rendered in this process.</param>
    /// <exception cref="SourceException">The source cannot be shown.</exception>
    /// <exception cref="PictureCrashException">The helper died.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public RenderResult Render(RenderRequest request, ReadOnlySpan<byte> source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, request.StopWaiting);
        var stop = wait.Token;
        if (EstimateHere(request, source) is not { } estimate)
        {
            return helper.Render(source, request.Specs, header => memory.Take(header.PeakBytes, stop));
        }
        using var admitted = memory.Take(estimate.PeakBytes, stop);
        using var note = request.Note?.Invoke();
        return RenderHere(request, source, cancellationToken);
    }

    /// <summary>Null for what only the helper may try: it has memory of its own, and higher limits.</summary>
    private SourceEstimate? EstimateHere(RenderRequest request, ReadOnlySpan<byte> source)
    {
        try
        {
            if (request.IsSuspect || renderer.IsRisky(source))
            {
                return null;
            }
            if (source.Length > settings.IsolatedFileBytes)
            {
                FirstLook.RefuseOtherContent(renderer, source[..Math.Min(source.Length, FirstLook.Bytes)]);
                return null;
            }
            var estimate = renderer.Estimate(source, request.Specs);
            return estimate.PeakBytes <= settings.MemoryBudget ? estimate : null;
        }
        catch (SourceException exception) when (exception.Failure.Class == FailureClass.TooLarge)
        {
            return null;
        }
        catch (Exception exception) when (PictureFault.IsSurprise(exception))
        {
            throw Blame(request, exception);
        }
    }

    private RenderResult RenderHere(RenderRequest request, ReadOnlySpan<byte> source, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.PictureDeadline);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return renderer.Render(source, request.Specs, deadline.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceException(PictureFault.TooSlow(settings.PictureDeadline), exception);
        }
        catch (Exception exception) when (PictureFault.IsSurprise(exception))
        {
            throw Blame(request, exception);
        }
    }

    private SourceException Blame(RenderRequest request, Exception surprise)
    {
        LogSurprise(surprise, request.Name);
        return PictureFault.Of(surprise);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rendering {Picture} failed unexpectedly")]
    private partial void LogSurprise(Exception exception, string picture);
}

/// <summary>What is asked for of a picture.</summary>
/// <param name="Name">The picture, for the log.</param>
/// <param name="Specs">The derivatives, at least one.</param>
public sealed record RenderRequest(string Name, IReadOnlyList<DerivativeSpec> Specs)
{
    /// <summary>Whether it was in flight when a process died.</summary>
    public bool IsSuspect { get; init; }

    /// <summary>Ends the wait for memory, but not what is in work by then.</summary>
    public CancellationToken StopWaiting { get; init; }

    /// <summary>Called before it is decoded in this process; its answer is disposed at the end.</summary>
    public Func<IDisposable>? Note { get; init; }
}
