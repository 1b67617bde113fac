using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
{
    /// <inheritdoc/>
    public Task<JobChanges> ListJobChangesAsync(string? position, CancellationToken cancellationToken = default)
    {
        var former = position is null ? null : JobPosition.Parse(position);
        return RunAsync(async () =>
        {
            var since = former?.Time ?? await NewestChangeAsync(cancellationToken).ConfigureAwait(false);
            var filter = new BsonDocument("$or", new BsonArray
            {
                new BsonDocument("open", true),
                new BsonDocument("at", new BsonDocument("$gte", since - JobPosition.Overlap)),
                new BsonDocument("tag", new BsonDocument("$in", new BsonArray(former?.Versions.Keys ?? []))),
            });
            var found = await _records.Find(filter).ToListAsync(cancellationToken).ConfigureAwait(false);
            var rows = found.Select(row => ReadOrReport(row, "job", JobRow.Read)).OfType<JobRow>()
                .OrderBy(row => row.At).ThenByDescending(row => row.Number).ToList();
            var changed = rows.Where(row => former is null ? row.Open : former.Versions.GetValueOrDefault(row.Tag) != row.Version);
            var time = rows.Count == 0 ? since : rows[^1].At > since ? rows[^1].At : since;
            var present = new JobPosition(
                time,
                rows.Where(row => row.Open || row.At >= time - JobPosition.Overlap).ToDictionary(row => row.Tag, row => row.Version));
            return new JobChanges(
                [.. changed.Select(row => ReadOrReport(row.Document, "job", JobDocument.Read)).OfType<Job>()], present.ToString());
        });
    }

    private async Task<DateTime> NewestChangeAsync(CancellationToken cancellationToken)
    {
        var newest = await _records.Find(
                new BsonDocument("at", new BsonDocument("$gt", DateTime.UnixEpoch)), new FindOptions { Hint = RecordIndexes.ChangedJobs })
            .Sort(new BsonDocument("at", -1)).Project(new BsonDocument("at", 1)).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return newest?["at"].ToUniversalTime() ?? DateTime.UnixEpoch + JobPosition.Overlap;
    }

    private sealed record JobRow(BsonDocument Document, string Tag, long Version, DateTime At, bool Open, long Number)
    {
        public static JobRow Read(BsonDocument row)
        {
            var fields = new Fields(row);
            return new JobRow(row, fields.Text("tag"), fields.Long("version"), fields.Moment("at"), fields.Flag("open"), fields.Long("number"));
        }
    }
}
