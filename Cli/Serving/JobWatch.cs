using ImageLibrary.Api.Jobs;
using ImageLibrary.Cli.Settings;
using ImageLibrary.Core;

namespace ImageLibrary.Cli.Serving;

/// <summary>Follows the jobs of this start: reports them about once a second and, with <c>--once</c>, ends when all have ended.</summary>
internal sealed class JobWatch(ILibraryStore store, JobMapper mapper, ServeConsole console, ServeSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Job> _jobs = [];
    private readonly Dictionary<string, (JobState State, long At)> _reported = [];
    private readonly Dictionary<string, string?> _libraries = [];
    private string? _position;
    private long _started;
    private long? _idleSince;
    private bool _storeAway;

    /// <summary>Takes the jobs that are open, those of a former start included.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _started = time.GetTimestamp();
        await TakeChangesAsync(cancellationToken);
    }

    /// <summary>Reports until all jobs have ended (<c>--once</c>) or until told to stop.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var answered = await TryTakeChangesAsync(cancellationToken);
            if (!answered)
            {
                await Task.Delay(ReportInterval, time, cancellationToken);
                continue;
            }
            if (settings.Once && _jobs.Values.All(job => job.Ended))
            {
                // Oldest first: the order in which they were started.
                Job[] jobs = [.. _jobs.Values.OrderBy(job => job.StartedAt)];
                console.Summary([.. jobs.Select(mapper.Map)], time.GetElapsedTime(_started).TotalSeconds);
                return Code(jobs);
            }
            if (settings.Once && GivesUp())
            {
                var reasons = _jobs.Values.Select(job => job.Waiting?.Detail).OfType<string>().Distinct();
                throw new UserException($"every open job waits, and --wait-timeout has passed; their state is kept. {string.Join(' ', reasons)}".TrimEnd());
            }
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    /// <summary>A store on another machine may be away for a while: the jobs wait, and so does whoever watches them.</summary>
    private async Task<bool> TryTakeChangesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TakeChangesAsync(cancellationToken);
            _storeAway = false;
            return true;
        }
        catch (StoreException e)
        {
            if (!_storeAway)
            {
                _storeAway = true;
                await Console.Error.WriteLineAsync($"note: {e.Message} Jobs wait and go on by themselves.");
            }
            return false;
        }
    }

    private async Task TakeChangesAsync(CancellationToken cancellationToken)
    {
        var changes = await store.ListJobChangesAsync(_position, cancellationToken);
        _position = changes.Position;
        foreach (var job in changes.Jobs)
        {
            _jobs[job.Id] = job;
            await ReportAsync(job, cancellationToken);
        }
        if (!settings.Once)
        {
            // A server runs for months: what has ended is forgotten.
            foreach (var job in _jobs.Values.Where(job => job.Ended).ToList())
            {
                _jobs.Remove(job.Id);
                _reported.Remove(job.Id);
            }
        }
    }

    private async Task ReportAsync(Job job, CancellationToken cancellationToken)
    {
        var turned = !_reported.TryGetValue(job.Id, out var last) || last.State != job.State;
        if (turned || time.GetElapsedTime(last.At) >= ReportInterval)
        {
            _reported[job.Id] = (job.State, time.GetTimestamp());
            await console.ProgressAsync(mapper.Map(job), await LibraryNameAsync(job.LibraryId, cancellationToken), turned);
        }
    }

    // Remembered, because the library is gone when its removal ends.
    private async Task<string?> LibraryNameAsync(string? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            return null;
        }
        if (!_libraries.TryGetValue(id, out var name))
        {
            name = _libraries[id] = (await store.FindLibraryAsync(id, cancellationToken))?.Name;
        }
        return name;
    }

    private bool GivesUp()
    {
        if (_jobs.Values.Any(job => !job.Ended && job.State != JobState.Waiting))
        {
            _idleSince = null;
            return false;
        }
        _idleSince ??= time.GetTimestamp();
        return settings.WaitTimeout.Value is { } patience && time.GetElapsedTime(_idleSince.Value) >= patience;
    }

    private static int Code(Job[] jobs) =>
        jobs.Any(job => job.State is JobState.Failed or JobState.Cancelled) ? ExitCodes.Failed
        : jobs.Any(job => job.State == JobState.CompletedWithFailures) ? ExitCodes.DoneWithFailures
        : ExitCodes.Done;
}
