using System.Diagnostics;
using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// Sends commands that write images. Where the server refuses one because segments are not where they were, it looks again and
/// repeats; where a segment would become too large, it splits it. All writes are absolute, so that repeating does no harm.
/// </summary>
internal sealed class RecordWriter(IMongoCollection<BsonDocument> records, SegmentMaps maps)
{
    // Many writers may meet in one segment, and each meeting lets one of them through.
    private const int MostAttempts = 300;
    private const int MostFrozen = 1_000;
    private static readonly TimeSpan FreezePause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FreezePatience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, long> _frozen = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _transactions;
    private long _imageWrites;

    /// <summary>Commands so far that changed something.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Images written so far.</summary>
    public long ImageWrites => Interlocked.Read(ref _imageWrites);

    /// <summary>Sends a command as it is.</summary>
    public async Task<CommandResult> SendAsync(RecordCommand command, CancellationToken cancellationToken)
    {
        var result = await command.SendAsync(records, cancellationToken).ConfigureAwait(false);
        if (result.Changed > 0)
        {
            Interlocked.Increment(ref _transactions);
        }
        if (result.Refusal == Refusal.None)
        {
            Interlocked.Add(ref _imageWrites, command.Images);
        }
        return result;
    }

    /// <summary>Sends a command that changes segments which must not be frozen; it is made anew for each attempt.</summary>
    public async Task<CommandResult> SendAsync(Func<Task<RecordCommand>> create, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await SendAsync(await create().ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            if (result.Refusal != Refusal.Conflict)
            {
                return result;
            }
            await SettleAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes images of one collection and whatever goes with them.</summary>
    /// <returns>None, or why nothing was written: gone, older or stale.</returns>
    public async Task<Refusal> WriteAsync(ImageWrite write, CancellationToken cancellationToken)
    {
        var left = write.Images;
        for (var attempt = 1; ; attempt++)
        {
            var groups = Group(await maps.GetAsync(write.CollectionId, cancellationToken).ConfigureAwait(false), left);
            var large = groups.FindIndex(group => group.Images.Count > SegmentStages.MostImages);
            var result = large >= 0 ? new CommandResult(Refusal.Overflow, large + 1, 0, 0)
                : await SendAsync(Command(write, groups), cancellationToken).ConfigureAwait(false);
            if (result.Refusal == Refusal.Overflow)
            {
                var group = groups[result.Statement - 1];
                group = write.SplitsFirst ? group with { Images = [] } : group;
                result = await SplitAsync(write, group, cancellationToken).ConfigureAwait(false);
                left = result.Refusal == Refusal.None ? [.. left.Except(group.Images)] : left;
                maps.Forget(write.CollectionId);
                if (result.Refusal == Refusal.None)
                {
                    continue;
                }
            }
            if (result.Refusal != Refusal.Conflict)
            {
                return result.Refusal;
            }
            maps.Forget(write.CollectionId);
            await SettleAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    private static RecordCommand Command(ImageWrite write, List<SegmentGroup> groups)
    {
        var command = new RecordCommand();
        write.Guard(command);
        foreach (var group in groups)
        {
            command.Upsert(group.Segment.Filter, write.Stages(group.Segment, group.Images));
            command.Writes(group.Images.Count);
        }
        write.Finish(command);
        return command;
    }

    private async Task<CommandResult> SplitAsync(ImageWrite write, SegmentGroup group, CancellationToken cancellationToken)
    {
        var id = new BsonDocument("_id", group.Segment.Id);
        var stored = await records.Find(id).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (stored is null)
        {
            // The first page of a collection: there is nothing to split yet.
            var first = new RecordCommand();
            write.Guard(first);
            first.Upsert(group.Segment.Filter, SegmentStages.Put(group.Segment, write.LibraryId, []));
            var made = await SendAsync(first, cancellationToken).ConfigureAwait(false);
            return made.Refusal == Refusal.None ? await SplitAsync(write, group, cancellationToken).ConfigureAwait(false) : made;
        }
        var command = SegmentSplit.Create(group.Segment, stored, group.Images, write.LibraryId, write.Guard);
        return command is null
            ? new CommandResult(Refusal.Conflict, -1, 0, 0)
            : await SendAsync(command, cancellationToken).ConfigureAwait(false);
    }

    // Both the images and the segments are in order.
    private static List<SegmentGroup> Group(IReadOnlyList<SegmentBounds> segments, IReadOnlyList<BsonDocument> images)
    {
        var groups = new List<SegmentGroup>();
        var segment = 0;
        foreach (var image in images)
        {
            var key = image["key"].AsString;
            while (!segments[segment].Contains(key))
            {
                segment++;
            }
            if (groups.Count == 0 || groups[^1].Segment != segments[segment])
            {
                groups.Add(new SegmentGroup(segments[segment], []));
            }
            groups[^1].Images.Add(image);
        }
        return groups;
    }

    // A split takes some milliseconds. One that is still there after seconds was left behind by a process that died.
    private async Task SettleAsync(int attempt, CancellationToken cancellationToken)
    {
        if (attempt == MostAttempts)
        {
            throw new StoreException("Too many processes write to the same images; try again later.");
        }
        var frozen = await SegmentSplit.FindFrozenAsync(records, cancellationToken).ConfigureAwait(false);
        foreach (var segment in frozen.Where(segment => IsStuck(segment["freezing"]["token"].AsString)))
        {
            await SegmentSplit.RecoverAsync(records, segment, cancellationToken).ConfigureAwait(false);
        }
        if (frozen.Count > 0)
        {
            await Task.Delay(FreezePause, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsStuck(string token)
    {
        lock (_gate)
        {
            if (_frozen.TryGetValue(token, out var since))
            {
                return Stopwatch.GetElapsedTime(since) > FreezePatience;
            }
            if (_frozen.Count == MostFrozen)
            {
                _frozen.Clear();
            }
            _frozen.Add(token, Stopwatch.GetTimestamp());
            return false;
        }
    }

    private sealed record SegmentGroup(SegmentBounds Segment, List<BsonDocument> Images);
}
