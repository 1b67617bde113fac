using System.Collections.Concurrent;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Jobs;

/// <summary>How fast jobs go, from what this process saw of them lately.</summary>
internal sealed class JobRates(TimeProvider time)
{
    private const int Samples = 32;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MinSpacing = TimeSpan.FromSeconds(0.8);

    private readonly ConcurrentDictionary<string, Queue<Sample>> _samples = new();

    /// <summary>Images per second lately and on average; for an ended job both are the average.</summary>
    /// <param name="job">The job.</param>
    /// <param name="done">Images that it has worked on so far.</param>
    public (double Recent, double Average) Observe(Job job, long done)
    {
        var now = time.GetUtcNow();
        var average = Rate(done, (job.EndedAt ?? now) - job.StartedAt);
        if (job.State is not JobState.Running)
        {
            _samples.TryRemove(job.Id, out _);
            return (job.Ended ? average : 0, average);
        }
        var samples = _samples.GetOrAdd(job.Id, _ => new Queue<Sample>());
        lock (samples)
        {
            while (samples.TryPeek(out var old) && (now - old.At > Window || samples.Count >= Samples))
            {
                samples.Dequeue();
            }
            var recent = samples.TryPeek(out var first) && now - first.At > MinSpacing
                ? Rate(done - first.Done, now - first.At)
                : average;
            if (samples.Count == 0 || now - samples.Last().At > MinSpacing)
            {
                samples.Enqueue(new Sample(now, done));
            }
            return (recent, average);
        }
    }

    private static double Rate(long images, TimeSpan duration) =>
        images <= 0 || duration <= TimeSpan.Zero ? 0 : images / duration.TotalSeconds;

    private readonly record struct Sample(DateTimeOffset At, long Done);
}
