using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;
using static ImageLibrary.Storage.Mongo.Expressions;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
{
    private const char JobsTag = 'j';

    /// <inheritdoc/>
    public Task AddJobAsync(Job job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return RunAsync(async () =>
        {
            var filter = new BsonDocument("_id", DocumentIds.Job(job.Id));
            if (await _records.Find(filter).AnyAsync(cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
            var number = await TakeNumbersAsync(1, cancellationToken).ConfigureAwait(false);
            // Another process may add the job at the same time: the first one stays.
            var made = Call("$mergeObjects", Literal(JobDocument.Write(job, number, Now())), new BsonDocument("at", "$$NOW"));
            var command = new RecordCommand();
            command.Upsert(filter, new BsonDocument("$replaceWith", If(Missing("$job"), made, "$$ROOT")));
            await _writer.SendAsync(command, cancellationToken).ConfigureAwait(false);
            return true;
        });
    }

    /// <inheritdoc/>
    public Task<Job?> GetJobAsync(string id, CancellationToken cancellationToken = default) =>
        RunAsync(() => FirstJobAsync(_records.Find(new BsonDocument("_id", DocumentIds.Job(id))), cancellationToken));

    /// <inheritdoc/>
    public Task<Job?> GetNewestJobAsync(string workflowId, CancellationToken cancellationToken = default) => RunAsync(
        () => FirstJobAsync(
            _records.Find(new BsonDocument("workflow", workflowId), new FindOptions { Hint = RecordIndexes.WorkflowJobs })
                .Sort(new BsonDocument { { "startedAt", -1 }, { "number", -1 } }),
            cancellationToken));

    /// <inheritdoc/>
    public Task<Page<Job>> ListJobsAsync(JobQuery query, PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(page);
        var after = PageCursor.After(page, JobsTag);
        var filter = new BsonDocument("number", new BsonDocument("$lt", after?.Number ?? long.MaxValue));
        filter.AddOptional("state", query.State?.ToString());
        filter.AddOptional("type", query.Type?.ToString());
        filter.AddOptional("libraryId", query.LibraryId);
        if (query.Open is { } open)
        {
            filter.Add("open", open);
        }
        return RunAsync(async () =>
        {
            var found = await _records.Find(filter, new FindOptions { Hint = RecordIndexes.JobOrder }).Sort(new BsonDocument("number", -1))
                .Limit(page.Limit + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
            var result = PageCursor.Page(
                [.. found.Select(row => (ReadOrReport(row, "job", JobDocument.Read)!, new PageCursor([], row["number"].ToInt64())))],
                page.Limit,
                JobsTag);
            return result with { Items = [.. result.Items.Where(job => job is not null)] };
        });
    }

    /// <inheritdoc/>
    public Task<bool> UpdateJobAsync(string id, JobChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return RunAsync(async () =>
        {
            var filter = JobDocument.OpenFilter(id);
            if (change.OnlyFrom is { } states)
            {
                filter.Add("state", new BsonDocument("$in", new BsonArray(states.Select(state => state.ToString()))));
            }
            var command = new RecordCommand();
            command.Update(filter, Set(Values(change)), JobDocument.Touch(Now()));
            return (await _writer.SendAsync(command, cancellationToken).ConfigureAwait(false)).Matched == 1;
        });
    }

    /// <inheritdoc/>
    public Task<bool> FoldCollectionsAsync(CollectionFold fold, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fold);
        return RunAsync(async () =>
        {
            // The lanes' numbers stay with the collections: a late repeat of an old batch must not count again.
            var ended = Call("$in", "$$this.collection", Literal(new BsonArray(fold.EndedCollectionIds)));
            var filter = JobDocument.OpenFilter(fold.JobId).Add("fold", new BsonDocument("$not", new BsonDocument("$gt", fold.Sequence)));
            var command = new RecordCommand();
            command.Update(
                filter,
                Set(new BsonDocument
                {
                    { "fold", fold.Sequence },
                    { "collections", Literal(JobDocument.Write(fold.Collections)) },
                    { "images", Literal(StoreJson.ToBson(fold.Images)) },
                    { "lanes", Filter("$lanes", Not(ended)) },
                }),
                JobDocument.Touch(Now()));
            return (await _writer.SendAsync(command, cancellationToken).ConfigureAwait(false)).Matched == 1;
        });
    }

    /// <inheritdoc/>
    public Task<LaneProgress?> GetLaneAsync(string jobId, string collectionId, int lane, CancellationToken cancellationToken = default) =>
        RunAsync(async () =>
        {
            var ids = new BsonArray { DocumentIds.Job(jobId), DocumentIds.Collection(collectionId) };
            var found = await _records.Find(new BsonDocument("_id", new BsonDocument("$in", ids))).ToListAsync(cancellationToken).ConfigureAwait(false);
            var key = new LaneKey(jobId, collectionId, lane);
            if (found.FirstOrDefault(row => row["_id"] == ids[0]) is { } job && JobDocument.ReadLane(job, key) is { } counted)
            {
                return counted;
            }
            var collection = found.FirstOrDefault(row => row["_id"] == ids[1]);
            var marks = collection is null ? [] : new Fields(collection).Children("lanes");
            return marks.Where(mark => mark.Text("job") == jobId && mark.Int("lane") == lane)
                .Select(mark => new LaneProgress(mark.Long("number"), new ScanCounts()))
                .FirstOrDefault();
        });

    private static async Task<Job?> FirstJobAsync(IFindFluent<BsonDocument, BsonDocument> find, CancellationToken cancellationToken) =>
        await find.FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } document ? JobDocument.Read(document) : null;

    private BsonDocument Values(JobChange change)
    {
        var values = new BsonDocument();
        values.AddOptional("stage", change.Stage?.ToString());
        values.Add("error", Literal(change.Error ?? ""), change.Error is not null);
        values.Add("folder", Literal(change.CurrentFolder ?? ""), change.CurrentFolder is not null);
        if (change.State is not { } state)
        {
            // Without a new state, the present one decides whether there is something to wait for.
            values.Add("waiting", change.Waiting is null ? "$waiting" : If(Call("$eq", "$state", nameof(JobState.Waiting)), Waiting(change), "$$REMOVE"));
            return values;
        }
        values.Add("state", state.ToString());
        values.Add("waiting", state == JobState.Waiting ? Waiting(change) : "$$REMOVE");
        if (new Job { Id = "", WorkflowId = "", Type = JobType.Scan, StartedAt = default, State = state }.Ended)
        {
            values.Add("open", false);
            values.Add("endedAt", change.EndedAt?.UtcTicks ?? Now());
            values.Set("folder", "$$REMOVE");
        }
        return values;
    }

    private static BsonValue Waiting(JobChange change) => change.Waiting is { } waiting ? Literal(JobDocument.Write(waiting)) : "$waiting";
}
