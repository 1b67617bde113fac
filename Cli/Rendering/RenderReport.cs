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
    internal void Rendered(RenderSource source, bool damaged) => Add(
        source, damaged ? "damaged" : "ready", damaged ? ImageFailure.Of(FailureClass.DamagedSource) : null);

    /// <summary>A picture could not be rendered.</summary>
    internal void Failed(RenderSource source, ImageFailure failure) => Add(source, "failed", failure);

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

    private void Add(RenderSource source, string state, ImageFailure? failure)
    {
        lock (_lock)
        {
            _rendered += state == "failed" ? 0 : 1;
            _failed += state == "failed" ? 1 : 0;
            _damaged += state == "damaged" ? 1 : 0;
            if (json)
            {
                Write(new { @event = "file", path = source.DisplayPath, state, failure = failure is null ? null : Describe(failure) });
            }
            else if (failure is not null)
            {
                Write(errors, $"{source.DisplayPath}: {failure.Message}");
            }
        }
    }

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
