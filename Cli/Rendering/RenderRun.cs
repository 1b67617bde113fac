using System.Diagnostics;
using ImageLibrary.Activities;
using ImageLibrary.Core;
using ImageLibrary.Imaging;

namespace ImageLibrary.Cli.Rendering;

/// <summary>Renders a list of pictures on threads of its own and writes the derivatives into a folder.</summary>
internal sealed class RenderRun(
    IImageRenderer renderer, IIsolatedRenderer helper, IArchiveOpener archives, IReadOnlyList<DerivativeSpec> specs, string outputFolder, RenderReport report)
{
    private const int IsolatedFileBytes = 128 << 20;

    private readonly Lock _lock = new();

    /// <summary>Whether risky pictures are rendered here, too.</summary>
    internal bool TrustsAll { get; init; }

    /// <summary>Renders until the list ends or the token is cancelled; then prints the summary.</summary>
    /// <exception cref="IOException">The output folder cannot be written.</exception>
    internal void Execute(IEnumerable<RenderSource> sources, int workers, CancellationToken cancellationToken)
    {
        // Loads the codecs, so that the time below is that of rendering.
        _ = renderer.RecipeFingerprint(specs[0]);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var list = sources.GetEnumerator();
        using var sequential = new LastArchive(archives);
        Exception? fault = null;
        var spent = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, workers).Select(number => new Thread(Work) { Name = $"render {number}" }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (fault is not null)
        {
            throw new IOException(fault.Message, fault);
        }

        report.Summary(watch.Elapsed, Environment.CpuUsage.TotalTime - spent);

        void Work()
        {
            using var reader = new PictureReader(archives);
            try
            {
                while (!stop.IsCancellationRequested && Next(list, sequential, reader) is { } source)
                {
                    RenderOne(source, reader, stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // Asked to end; what is written is complete.
            }
            catch (Exception e)
            {
                fault = e;
                stop.Cancel();
            }
            finally
            {
                ImageRenderer.ReleaseThread();
            }
        }
    }

    /// <summary>
    /// Takes the next source and loads it. An archive without random access is unpacked once: its pictures are loaded in
    /// their order by one reader at a time.
    /// </summary>
    private RenderSource? Next(IEnumerator<RenderSource> list, LastArchive sequential, PictureReader reader)
    {
        RenderSource source;
        lock (_lock)
        {
            if (!list.MoveNext())
            {
                return null;
            }

            source = list.Current;
            if (source.IsSequential)
            {
                reader.Load(source, sequential);
                return source;
            }
        }

        reader.Load(source);
        return source;
    }

    private void RenderOne(RenderSource source, PictureReader reader, CancellationToken cancellationToken)
    {
        try
        {
            using var result = Render(reader.Content, cancellationToken);
            foreach (var derivative in result.Derivatives)
            {
                Write(source, derivative);
            }

            report.Rendered(source, result.Damaged);
        }
        catch (SourceException e)
        {
            report.Failed(source, e.Failure);
        }
        catch (PictureCrashException)
        {
            report.Failed(source, ImageFailure.Of(FailureClass.Crashed));
        }
    }

    /// <summary>Here, or in a helper process where the picture is a risk or beyond a limit that the helper does not have.</summary>
    private RenderResult Render(ReadOnlySpan<byte> content, CancellationToken cancellationToken)
    {
        if (TrustsAll || (content.Length <= IsolatedFileBytes && !renderer.IsRisky(content)))
        {
            try
            {
                return renderer.Render(content, specs, cancellationToken);
            }
            catch (SourceException e) when (e.Failure.Class == FailureClass.TooLarge)
            {
                // The helper judges.
            }
        }

        return helper.Render(content, specs, static _ => new Admission());
    }

    private void Write(RenderSource source, RenderedDerivative derivative)
    {
        var extension = derivative.Facts.Format == "jpeg" ? "jpg" : derivative.Facts.Format;
        var path = Path.Combine(outputFolder, $"{source.OutputStem}.{derivative.Kind}.{extension}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, derivative.Content.Memory.Span, fileOffset: 0);
    }

    /// <summary>Nobody else needs the memory: a helper bounds its own.</summary>
    private sealed class Admission : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
