using System.Diagnostics;
using ImageLibrary.Activities;
using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>Renders a list of pictures on threads of its own and writes the derivatives into a folder.</summary>
internal sealed class RenderRun(
    GuardedRenderer renderer, IImageRenderer codecs, IArchiveOpener archives, IReadOnlyList<DerivativeSpec> specs, OutputFolder output,
    RenderReport report)
{
    private readonly Lock _lock = new();

    /// <summary>Renders until the list ends or the token is cancelled; then prints the summary.</summary>
    /// <param name="sources">The pictures.</param>
    /// <param name="workers">Pictures in work at once.</param>
    /// <param name="memory">Bounds what decodes and source files take together.</param>
    /// <param name="settings">How much that is.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="IOException">The output folder cannot be written.</exception>
    /// <exception cref="UserException">The report cannot be written.</exception>
    internal void Execute(IEnumerable<RenderSource> sources, int workers, MemoryBudget memory, RenderSettings settings, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var list = sources.GetEnumerator();
        using var sequential = new LastArchive(archives);
        var files = new SourceMemory(workers, memory, settings);
        Exception? fault = null;
        var spent = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, workers).Select(number => new Thread(Work) { Name = $"render {number}" }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (fault is not null)
        {
            throw fault as UserException ?? new IOException(fault.Message, fault) as Exception;
        }

        report.Summary(watch.Elapsed, Environment.CpuUsage.TotalTime - spent);

        void Work()
        {
            using var reader = new PictureReader(archives, files, codecs);
            try
            {
                while (!stop.IsCancellationRequested && Next(list, sequential, reader, stop.Token) is { } source)
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
                Renderers.ReleaseThread();
            }
        }
    }

    /// <summary>
    /// Takes the next source and loads it. An archive without random access is unpacked once: its pictures are loaded in
    /// their order by one reader at a time.
    /// </summary>
    private RenderSource? Next(IEnumerator<RenderSource> list, LastArchive sequential, PictureReader reader, CancellationToken cancellationToken)
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
                reader.Load(source, sequential, cancellationToken);
                return source;
            }
        }

        reader.Load(source, cancellationToken);
        return source;
    }

    private void RenderOne(RenderSource source, PictureReader reader, CancellationToken cancellationToken)
    {
        try
        {
            using var result = renderer.Render(new RenderRequest(source.DisplayPath, specs), reader.Content, cancellationToken);
            var files = result.Derivatives.Select(derivative => output.Write(source.OutputStem, derivative)).ToList();
            report.Rendered(source, reader.Content.Length, result, files, result.Damaged || reader.Damaged);
        }
        catch (SourceException e)
        {
            report.Failed(source, e.Failure);
        }
        catch (PictureCrashException)
        {
            report.Failed(source, ImageFailure.Of(FailureClass.Crashed));
        }
        finally
        {
            reader.Release();
        }
    }
}
