using System.Text.Json;
using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>One attempt at a batch: its pictures, what came of them so far, and why it stopped.</summary>
/// <param name="library">The library.</param>
/// <param name="blobs">The cache folder.</param>
/// <param name="detailLimit">Bytes of results that a retry can be told.</param>
/// <param name="stop">Start no further picture.</param>
internal sealed class BatchRun(Library library, IBlobStore blobs, int detailLimit, CancellationToken stop) : IDisposable
{
    /// <summary>Bytes of results that heartbeats carry, all batches of an activity together.</summary>
    public const int DetailLimit = 60 * 1024;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource halt = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private readonly List<(ImageRecord Image, PictureOutcome Outcome)> results = [];
    private readonly List<PictureOutcome> details = [];
    private readonly List<Task> pictures = [];
    private int started;
    private int detailBytes;

    /// <summary>No space was left for derivatives.</summary>
    public bool DiskFull { get; private set; }

    /// <summary>Why the library cannot be read any more; null when it can.</summary>
    public string? Offline { get; private set; }

    /// <summary>No further picture is started: the batch was told to stop, or something stands in its way.</summary>
    public CancellationToken Halt => halt.Token;

    /// <summary>Pictures that something came of.</summary>
    public int Done
    {
        get
        {
            lock (gate)
            {
                return results.Count;
            }
        }
    }

    /// <summary>Pictures that were started or taken over.</summary>
    public int Started => Volatile.Read(ref started);

    /// <summary>Whether an outcome of a former attempt still holds: its files are there.</summary>
    /// <param name="outcome">The outcome.</param>
    public bool StillHolds(PictureOutcome outcome) =>
        outcome.Derivatives?.All(blobs.Holds) != false;

    /// <summary>Takes over what a former attempt came to.</summary>
    /// <param name="image">The image.</param>
    /// <param name="outcome">What came of it.</param>
    public void Adopt(ImageRecord image, PictureOutcome outcome)
    {
        Interlocked.Increment(ref started);
        Add(image, outcome);
    }

    /// <summary>Notes a picture in work.</summary>
    /// <param name="picture">Ends with it.</param>
    public void Start(Task picture)
    {
        Interlocked.Increment(ref started);
        pictures.Add(picture);
    }

    /// <summary>Waits for the pictures in work.</summary>
    public Task CompleteAsync() => Task.WhenAll(pictures);

    /// <summary>What a retry shall know, as far as there is room; what does not fit is found on disk again.</summary>
    public IReadOnlyList<PictureOutcome> Details()
    {
        lock (gate)
        {
            return [.. details];
        }
    }

    /// <summary>The images as they shall be recorded, with what came of each, in order.</summary>
    public IReadOnlyList<(ImageRecord Image, PictureOutcome Outcome)> Results()
    {
        lock (gate)
        {
            results.Sort((left, right) => left.Image.SortKey.AsSpan().SequenceCompareTo(right.Image.SortKey));
            return [.. results];
        }
    }

    /// <summary>Stops the batch, because its library cannot be read.</summary>
    /// <param name="reason">One sentence for the user.</param>
    public void GoOffline(string reason)
    {
        Offline = reason;
        halt.Cancel();
    }

    /// <summary>Brings one picture up to date, unless the batch has stopped; called by the thread that renders it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="process">Does it.</param>
    public void Process(ImageRecord image, Func<PictureOutcome> process)
    {
        if (halt.IsCancellationRequested)
        {
            return;
        }
        try
        {
            var outcome = process();
            if (RootGuard.WhyOffline(library, outcome.Failure) is { } reason)
            {
                GoOffline(reason);
                return;
            }
            Add(image, outcome);
        }
        catch (OperationCanceledException) when (halt.IsCancellationRequested)
        {
            // It still waited for memory; it is left for another attempt, as those behind it are.
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

    /// <summary>Lets go of the token.</summary>
    public void Dispose() => halt.Dispose();

    private void Add(ImageRecord image, PictureOutcome outcome)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(outcome).Length;
        lock (gate)
        {
            results.Add((image, outcome));
            if (detailBytes + bytes <= detailLimit)
            {
                detailBytes += bytes;
                details.Add(outcome);
            }
        }
    }
}
