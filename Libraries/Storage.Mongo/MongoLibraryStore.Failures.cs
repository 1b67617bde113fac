using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
{
    private const char FailuresTag = 'f';

    /// <inheritdoc/>
    public Task AddFailuresAsync(string jobId, IReadOnlyList<JobFailure> failures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(failures);
        return RunAsync(() =>
        {
            var command = new RecordCommand();
            foreach (var failure in failures)
            {
                command.Replace(FailureDocument.Write(jobId, failure));
            }
            command.Update(JobDocument.OpenFilter(jobId), JobDocument.Touch(Now()));
            return _writer.SendAsync(command, cancellationToken);
        });
    }

    /// <inheritdoc/>
    public Task<Page<JobFailure>> ListFailuresAsync(string jobId, PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        var after = PageCursor.After(page, FailuresTag);
        return RunAsync(async () =>
        {
            var range = new BsonDocument
            {
                { "$gt", DocumentIds.Failure(jobId, ImageDocument.Key(after?.Key ?? [])) }, { "$lt", DocumentIds.Failures(jobId).Below },
            };
            var found = await _records.Find(new BsonDocument("_id", range)).Sort(new BsonDocument("_id", 1)).Limit(page.Limit + 1)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            var result = PageCursor.Page(
                [
                    .. found.Select(row => (
                        ReadOrReport(row, "failure", FailureDocument.Read)!,
                        new PageCursor(ImageDocument.Bytes(row["_id"].AsString[DocumentIds.Failure(jobId, "").Length..]), 0))),
                ],
                page.Limit,
                FailuresTag);
            return result with { Items = [.. result.Items.Where(failure => failure is not null)] };
        });
    }
}
