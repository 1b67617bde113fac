using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
{
    private const char LibrariesTag = 'l';

    /// <inheritdoc/>
    public Task AddLibraryAsync(Library library, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(library);
        return RunAsync(() => ChangeLibrariesAsync(
            async libraries =>
            {
                RefuseOverlap(libraries, library);
                if (Find(libraries, library.Id) is not null)
                {
                    return false;
                }
                libraries.Add(LibraryDocument.Write(library, await TakeNumbersAsync(1, cancellationToken).ConfigureAwait(false)));
                return true;
            },
            cancellationToken));
    }

    /// <inheritdoc/>
    public Task<Library?> GetLibraryAsync(string id, CancellationToken cancellationToken = default) => RunAsync(
        async () =>
        {
            var library = await FindLibraryAsync(id, cancellationToken).ConfigureAwait(false);
            return library is null ? null : (await WithSumsAsync([library], cancellationToken).ConfigureAwait(false))[0];
        });

    /// <inheritdoc/>
    public Task<Library?> FindLibraryAsync(string id, CancellationToken cancellationToken = default) => RunAsync(
        async () =>
        {
            var found = await _meta.Find(MetaDocuments.Libraries)
                .Project(new BsonDocument("libraries", new BsonDocument("$elemMatch", new BsonDocument("id", id))))
                .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return found is not null && found.TryGetValue("libraries", out var libraries)
                ? LibraryDocument.Read(libraries[0].AsBsonDocument)
                : null;
        });

    /// <inheritdoc/>
    public Task<Page<Library>> ListLibrariesAsync(PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        var after = PageCursor.After(page, LibrariesTag);
        return RunAsync(async () =>
        {
            var (_, libraries) = await ReadLibrariesAsync(cancellationToken).ConfigureAwait(false);
            var rows = libraries.OfType<BsonDocument>()
                .Select(item => (Library: ReadOrReport(item, "library", LibraryDocument.Read)!, Number: new Fields(item).LongOrZero("number")))
                .Where(row => row.Library is not null)
                .Select(row => (row.Library, Position: new PageCursor(NaturalSortKey.Create(row.Library.Name), row.Number)))
                .Where(row => after is null || Compare(row.Position, after) > 0)
                .Order(Comparer<(Library, PageCursor Position)>.Create((left, right) => Compare(left.Position, right.Position)))
                .Take(page.Limit + 1);
            var result = PageCursor.Page<Library>([.. rows], page.Limit, LibrariesTag);
            return result with { Items = await WithSumsAsync(result.Items, cancellationToken).ConfigureAwait(false) };
        });
    }

    /// <inheritdoc/>
    public Task<bool> UpdateLibraryAsync(string id, string name, LibrarySettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return ChangeLibraryAsync(id, library => library with { Name = name, Settings = settings }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> SetRootIdentityAsync(string id, RootIdentity? identity, CancellationToken cancellationToken = default) =>
        ChangeLibraryAsync(id, library => library with { RootIdentity = identity }, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> MarkLibraryDeletingAsync(string id, CancellationToken cancellationToken = default) =>
        ChangeLibraryAsync(id, library => library with { State = LibraryState.Deleting }, cancellationToken);

    private Task<bool> ChangeLibraryAsync(string id, Func<Library, Library> change, CancellationToken cancellationToken) =>
        RunAsync(() => ChangeLibrariesAsync(
            libraries =>
            {
                if (Find(libraries, id) is not { } index)
                {
                    return Task.FromResult(false);
                }
                var known = libraries[index].AsBsonDocument;
                libraries[index] = LibraryDocument.Write(change(LibraryDocument.Read(known)), new Fields(known).Long("number"));
                return Task.FromResult(true);
            },
            cancellationToken));

    private static int Compare(PageCursor left, PageCursor right) =>
        left.Key.AsSpan().SequenceCompareTo(right.Key) is not 0 and var order ? order : left.Number.CompareTo(right.Number);

    private static int? Find(BsonArray libraries, string id)
    {
        for (var i = 0; i < libraries.Count; i++)
        {
            if (libraries[i] is BsonDocument library && library.GetValue("id", "") == id)
            {
                return i;
            }
        }
        return null;
    }

    private void RefuseOverlap(BsonArray libraries, Library library)
    {
        var existing = libraries.OfType<BsonDocument>().Select(item => ReadOrReport(item, "library", LibraryDocument.Read))
            .FirstOrDefault(other => other is not null && other.Id != library.Id && other.Overlaps(library));
        if (existing is not null)
        {
            throw new RootConflictException(existing);
        }
    }

    private async Task<(long Version, BsonArray Libraries)> ReadLibrariesAsync(CancellationToken cancellationToken)
    {
        var document = await _meta.Find(MetaDocuments.Libraries).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new StoreException("The database lacks the document of libraries in 'meta'; put a backup in its place.");
        return (new Fields(document).Long("version"), document["libraries"].AsBsonArray);
    }

    /// <summary>Changes the libraries; when another process was faster, the change is tried again on what that one has left.</summary>
    private async Task<bool> ChangeLibrariesAsync(Func<BsonArray, Task<bool>> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (version, libraries) = await ReadLibrariesAsync(cancellationToken).ConfigureAwait(false);
            if (!await change(libraries).ConfigureAwait(false))
            {
                return false;
            }
            var result = await _meta.UpdateOneAsync(
                MetaDocuments.Libraries.Add("version", version),
                new BsonDocument("$set", new BsonDocument { { "version", version + 1 }, { "libraries", libraries } }),
                options: null,
                cancellationToken).ConfigureAwait(false);
            if (result.MatchedCount == 1)
            {
                _kinds.Forget();
                return true;
            }
        }
    }

    private async Task<IReadOnlyList<Library>> WithSumsAsync(IReadOnlyList<Library> libraries, CancellationToken cancellationToken)
    {
        var ids = new BsonDocument("$in", new BsonArray(libraries.Select(library => library.Id)));
        var images = ImageSumsAsync(ids, cancellationToken);
        var derivatives = DerivativeSumsAsync(ids, cancellationToken);
        var scans = LastScansAsync(ids, cancellationToken);
        await Task.WhenAll(images, derivatives, scans).ConfigureAwait(false);
        var (imageSums, derivativeSums, lastScans) =
            (await images.ConfigureAwait(false), await derivatives.ConfigureAwait(false), await scans.ConfigureAwait(false));
        return [.. libraries.Select(library => library with
        {
            ImageCount = imageSums.GetValueOrDefault(library.Id).Images,
            CollectionCount = imageSums.GetValueOrDefault(library.Id).Collections,
            Derivatives = derivativeSums.GetValueOrDefault(library.Id, DerivativeSum.None),
            LastScan = lastScans.GetValueOrDefault(library.Id),
        })];
    }

    private async Task<Dictionary<string, LastScan>> LastScansAsync(BsonDocument ids, CancellationToken cancellationToken)
    {
        var pipeline = new[]
        {
            new BsonDocument("$match", new BsonDocument("scanOf", ids)),
            new BsonDocument("$sort", new BsonDocument { { "scanOf", -1 }, { "startedAt", -1 }, { "number", -1 } }),
            new BsonDocument("$group", new BsonDocument { { "_id", "$scanOf" }, { "job", new BsonDocument("$first", "$$ROOT") } }),
        };
        var groups = await AggregateAsync(pipeline, RecordIndexes.LibraryScans, cancellationToken).ConfigureAwait(false);
        return groups.Select(group => (Library: group["_id"].AsString, Job: ReadOrReport(group["job"].AsBsonDocument, "job", JobDocument.Read)))
            .Where(group => group.Job is not null)
            .ToDictionary(
                group => group.Library,
                group => new LastScan(group.Job!.Id, group.Job.State, group.Job.StartedAt, group.Job.EndedAt));
    }

    private async Task<List<BsonDocument>> AggregateAsync(BsonDocument[] pipeline, string index, CancellationToken cancellationToken)
    {
        using var cursor = await _records.AggregateAsync(
            PipelineDefinition<BsonDocument, BsonDocument>.Create(pipeline), new AggregateOptions { Hint = index }, cancellationToken)
            .ConfigureAwait(false);
        return await cursor.ToListAsync(cancellationToken).ConfigureAwait(false);
    }
}
