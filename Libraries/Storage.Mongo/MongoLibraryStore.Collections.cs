using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Collection>> UpsertDiscoveredAsync(
        string libraryId, string jobId, IReadOnlyList<DiscoveredCollection> found, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        return RunAsync<IReadOnlyList<Collection>>(async () =>
        {
            _ = await FindLibraryAsync(libraryId, cancellationToken).ConfigureAwait(false)
                ?? throw new StoreException($"There is no library '{libraryId}'.");
            string[] ids = [.. found.Select(item => StableId.ForCollection(libraryId, item.Path))];
            var known = await CollectionDocumentsAsync(ids, cancellationToken).ConfigureAwait(false);
            var command = await DiscoveryAsync(libraryId, jobId, found, ids, known, cancellationToken).ConfigureAwait(false);
            if (command.Count > 0)
            {
                await _writer.SendAsync(command, cancellationToken).ConfigureAwait(false);
                known = await CollectionDocumentsAsync(ids, cancellationToken).ConfigureAwait(false);
            }
            var sums = await SumsAsync(ids, cancellationToken).ConfigureAwait(false);
            return
            [
                .. ids.Select(id => known.TryGetValue(id, out var document)
                    ? CollectionDocument.Read(document, sums.GetValueOrDefault(id, CollectionSums.None))
                    : throw new StoreException($"The collection '{id}' is stored under another id.")),
            ];
        });
    }

    /// <inheritdoc/>
    public Task SetCollectionPlannedAsync(
        string collectionId, string? listingFingerprint, string? recipeFingerprint, ImageFailure? failure,
        CancellationToken cancellationToken = default) => RunAsync(async () =>
        {
            var values = new (string Field, BsonValue? Value)[]
            {
                ("listing", listingFingerprint), ("recipe", recipeFingerprint), ("failure", failure is null ? null : ImageDocument.Write(failure)),
            };
            var stages = values.Select(item => item.Value is null
                ? new BsonDocument("$unset", item.Field)
                : Expressions.Set(new BsonDocument(item.Field, Expressions.Literal(item.Value))));
            var command = new RecordCommand();
            command.Update(new BsonDocument("_id", DocumentIds.Collection(collectionId)), [.. stages]);
            return await _writer.SendAsync(command, cancellationToken).ConfigureAwait(false);
        });

    /// <inheritdoc/>
    public Task<Collection?> GetCollectionAsync(string id, CancellationToken cancellationToken = default) => RunAsync(async () =>
    {
        var summing = SumsAsync([id], cancellationToken);
        var documents = await CollectionDocumentsAsync([id], cancellationToken).ConfigureAwait(false);
        var sums = await summing.ConfigureAwait(false);
        return documents.TryGetValue(id, out var document)
            ? CollectionDocument.Read(document, sums.GetValueOrDefault(id, CollectionSums.None))
            : null;
    });

    private async Task<RecordCommand> DiscoveryAsync(
        string libraryId, string jobId, IReadOnlyList<DiscoveredCollection> found, string[] ids, Dictionary<string, BsonDocument> known,
        CancellationToken cancellationToken)
    {
        var command = new RecordCommand();
        var seen = new BsonArray();
        var unknown = ids.Distinct().Count(id => !known.ContainsKey(id));
        var number = unknown == 0 ? 0 : await TakeNumbersAsync(unknown, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < found.Count; i++)
        {
            var filter = new BsonDocument("_id", DocumentIds.Collection(ids[i]));
            var naming = Expressions.Set(new BsonDocument(
                CollectionDocument.Naming(found[i]).Select(field => new BsonElement(field.Name, Expressions.Literal(field.Value)))));
            if (!known.TryGetValue(ids[i], out var document))
            {
                var made = CollectionDocument.Write(ids[i], libraryId, jobId, found[i], number++);
                // Another process may find the same collection at the same time; its number stays then.
                var placed = Expressions.Call("$mergeObjects", Expressions.Literal(made), "$$ROOT", new BsonDocument("lastSeen", Expressions.Literal(jobId)));
                command.Upsert(filter, new BsonDocument("$replaceWith", placed), naming);
            }
            else if (document.GetValue("name", "") != found[i].Name || document.GetValue("kind", "") != found[i].Kind.ToString())
            {
                command.Update(filter, naming, Expressions.Set(new BsonDocument("lastSeen", Expressions.Literal(jobId))));
            }
            else if (document.GetValue("lastSeen", "") != jobId)
            {
                seen.Add(filter["_id"]);
            }
        }
        if (seen.Count > 0)
        {
            command.UpdateMany(
                new BsonDocument("_id", new BsonDocument("$in", seen)), Expressions.Set(new BsonDocument("lastSeen", Expressions.Literal(jobId))));
        }
        return command;
    }

    private async Task<Dictionary<string, BsonDocument>> CollectionDocumentsAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = await _records.Find(new BsonDocument("_id", new BsonDocument("$in", new BsonArray(ids.Select(DocumentIds.Collection)))))
            .Project(WithoutLists).ToListAsync(cancellationToken).ConfigureAwait(false);
        return found.GroupBy(document => new Fields(document).TextOrEmpty("id"))
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }

    private async Task<Dictionary<string, CollectionSums>> SumsAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var pipeline = new[]
        {
            new BsonDocument("$match", new BsonDocument("collection", new BsonDocument("$in", new BsonArray(ids)))), CollectionSums.Group,
        };
        var groups = await AggregateAsync(pipeline, RecordIndexes.Segments, cancellationToken).ConfigureAwait(false);
        return groups.ToDictionary(group => group["_id"].AsString, CollectionSums.Read, StringComparer.Ordinal);
    }

    private static BsonDocument WithoutLists { get; } = new() { { "words", 0 }, { "lanes", 0 } };
}
