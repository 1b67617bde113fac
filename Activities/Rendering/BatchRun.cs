using System.Text.Json;
using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>One attempt at a batch: the pictures, what came of them so far, and why it stopped.</summary>
/// <param name="images">The planned images.</param>
/// <param name="blobs">The cache folder.</param>
internal sealed class BatchRun(IReadOnlyList<ImageRecord> images, IBlobStore blobs)
{
    private const int DetailLimit = 60 * 1024;
    private readonly Lock gate = new();
    private readonly Dictionary<string, PictureOutcome> outcomes = new(StringComparer.Ordinal);
    private readonly List<PictureOutcome> details = [];
    private int detailBytes;

    /// <summary>No space was left for derivatives.</summary>
    public bool DiskFull { get; private set; }

    /// <summary>Why the library cannot be read any more; null when it can.</summary>
    public string? Offline { get; private set; }

    /// <summary>Images that nothing came of.</summary>
    public int Remaining
    {
        get
        {
            lock (gate)
            {
                return images.Count - outcomes.Count;
            }
        }
    }

    /// <summary>Takes over what a former attempt heartbeated, as far as its files are there.</summary>
    /// <param name="former">Results of the former attempt.</param>
    public void Adopt(IReadOnlyList<PictureOutcome> former)
    {
        var planned = images.ToDictionary(image => image.Id, StringComparer.Ordinal);
        foreach (var outcome in former)
        {
            if (planned.ContainsKey(outcome.ImageId)
                && outcome.Derivatives?.All(derivative => blobs.Length(derivative.FileName) == derivative.Bytes) != false)
            {
                Add(outcome);
            }
        }
    }

    /// <summary>What a retry shall know: at most 64 KiB; what does not fit is found on disk again.</summary>
    public IReadOnlyList<PictureOutcome> Details()
    {
        lock (gate)
        {
            return [.. details];
        }
    }

    /// <summary>Renders what is left, until done or told to stop; pictures in flight are finished.</summary>
    /// <param name="pool">The threads.</param>
    /// <param name="process">Brings one picture up to date.</param>
    /// <param name="library">The library.</param>
    /// <param name="stop">Start no further picture.</param>
    public async Task RenderAsync(RenderPool pool, Func<ImageRecord, PictureOutcome> process, Library library, CancellationToken stop)
    {
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var left = images.Where(image => !outcomes.ContainsKey(image.Id)).ToList();
        await Task.WhenAll(left.Select(image => pool.RunAsync(() =>
        {
            if (!halt.IsCancellationRequested)
            {
                ProcessOne(image, process, library, halt);
            }
            return true;
        })));
    }

    /// <summary>The images as they shall be recorded, with what came of each.</summary>
    public IReadOnlyList<(ImageRecord Image, PictureOutcome Outcome)> Results()
    {
        lock (gate)
        {
            return [.. images.Where(image => outcomes.ContainsKey(image.Id)).Select(image => (image, outcomes[image.Id]))];
        }
    }

    private void ProcessOne(ImageRecord image, Func<ImageRecord, PictureOutcome> process, Library library, CancellationTokenSource halt)
    {
        try
        {
            var outcome = process(image);
            if (outcome.Failure?.Class is FailureClass.IoError or FailureClass.Permission && RootGuard.WhyOffline(library) is { } reason)
            {
                // The disk went away, not this picture.
                Offline = reason;
                halt.Cancel();
                return;
            }
            Add(outcome);
        }
        catch (DiskFullException)
        {
            DiskFull = true;
            halt.Cancel();
        }
        catch
        {
            halt.Cancel();
            throw;
        }
    }

    private void Add(PictureOutcome outcome)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(outcome).Length;
        lock (gate)
        {
            outcomes[outcome.ImageId] = outcome;
            if (detailBytes + bytes <= DetailLimit)
            {
                detailBytes += bytes;
                details.Add(outcome);
            }
        }
    }
}
