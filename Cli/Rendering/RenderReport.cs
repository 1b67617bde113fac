using System.Globalization;
using System.Text.Json;
using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>Counts and prints what became of each picture: JSON lines, or words for people.</summary>
internal sealed class RenderReport(TextWriter output, TextWriter errors, bool json)
{
    private readonly Lock _lock = new();
    private int _rendered;
    private int _damaged;
    private int _failed;

    /// <summary>Whether any picture failed or is damaged.</summary>
    internal bool HasFailures => _failed + _damaged > 0;

    /// <summary>A picture was rendered.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="bytes">Bytes of its file.</param>
    /// <param name="result">What was made of it.</param>
    /// <param name="files">Where its derivatives lie, in their order.</param>
    /// <param name="damaged">Whether the source is damaged.</param>
    internal void Rendered(RenderSource source, int bytes, RenderResult result, IReadOnlyList<string> files, bool damaged) => Add(
        source, damaged ? "damaged" : "ready", damaged ? ImageFailure.Of(FailureClass.DamagedSource) : null, (bytes, result, files));

    /// <summary>A picture could not be rendered.</summary>
    internal void Failed(RenderSource source, ImageFailure failure) => Add(source, "failed", failure, made: null);

    /// <summary>The last line.</summary>
    /// <param name="elapsed">Time of rendering, start-up left out.</param>
    /// <param name="processor">Processor time of rendering, of all threads.</param>
    internal void Summary(TimeSpan elapsed, TimeSpan processor)
    {
        var images = _rendered + _failed;
        if (json)
        {
            Write(new
            {
                @event = "summary",
                images,
                rendered = _rendered,
                failed = _failed,
                seconds = Math.Round(elapsed.TotalSeconds, 3),
                processorSeconds = Math.Round(processor.TotalSeconds, 3),
            });
            return;
        }

        Write(output, string.Create(
            CultureInfo.InvariantCulture,
            $"{_rendered:N0} of {images:N0} images rendered in {elapsed.TotalSeconds:0.0} s ({images / Math.Max(0.001, elapsed.TotalSeconds):0.0}/s), {_failed:N0} failed, {_damaged:N0} damaged"));
    }

    private void Add(
        RenderSource source, string state, ImageFailure? failure, (int Bytes, RenderResult Result, IReadOnlyList<string> Files)? made)
    {
        lock (_lock)
        {
            _rendered += state == "failed" ? 0 : 1;
            _failed += state == "failed" ? 1 : 0;
            _damaged += state == "damaged" ? 1 : 0;
            if (json)
            {
                var facts = made?.Result.Facts;
                Write(new
                {
                    @event = "file",
                    path = source.DisplayPath,
                    state,
                    failure = failure is null ? null : Describe(failure),
                    width = facts?.Width,
                    height = facts?.Height,
                    bytes = made?.Bytes,
                    format = facts?.Format,
                    orientation = facts?.Orientation,
                    animated = facts?.Animated,
                    profile = facts?.Profile,
                    estimatedQuality = facts?.Quality,
                    camera = facts?.Camera,
                    takenAt = facts?.TakenAt?.ToString("s", CultureInfo.InvariantCulture),
                    thumbhash = made is { Result.Thumbhash: { Length: > 0 } hash } ? Convert.ToBase64String(hash) : null,
                    derivatives = made is { } one ? one.Result.Derivatives.Zip(one.Files, Describe) : [],
                });
            }
            else if (failure is not null)
            {
                Write(errors, TerminalText.Line($"{source.DisplayPath}: {failure.Message}"));
            }
        }
    }

    private static object Describe(RenderedDerivative derivative, string file) => new
    {
        kind = derivative.Kind,
        path = file,
        width = derivative.Facts.Width,
        height = derivative.Facts.Height,
        bytes = derivative.Content.Memory.Length,
        quality = derivative.Facts.Quality,
        format = derivative.Facts.Format,
    };

    private static object Describe(ImageFailure failure) => new
    {
        @class = JsonNamingPolicy.CamelCase.ConvertName(failure.Class.ToString()),
        message = failure.Message,
        retryable = failure.Retryable,
    };

    private void Write(object line) => Write(output, JsonSerializer.Serialize(line));

    private static void Write(TextWriter writer, string line)
    {
        try
        {
            writer.WriteLine(line);
        }
        catch (IOException e)
        {
            throw new UserException($"the report cannot be written: {e.Message}", inner: e);
        }
    }
}
