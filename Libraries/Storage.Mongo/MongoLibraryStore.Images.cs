using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;
using static ImageLibrary.Storage.Mongo.Expressions;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
{
    private const char ImagesTag = 'i';

    // A blank page may exist a hundred thousand times; the likely former places come first.
    private const int MostOfOneContent = 50;

    /// <inheritdoc/>
    public Task<ImageRecord?> GetImageAsync(string id, CancellationToken cancellationToken = default) => RunAsync(async () =>
    {
        // The server picks the one image; while a segment is being split, the part behind has the newest.
        var found = await _records.Find(new BsonDocument("ids", id), new FindOptions { Hint = RecordIndexes.Images })
            .Sort(new BsonDocument("_id", -1))
            .Project(new BsonDocument
            {
                { "collection", 1 }, { "library", 1 }, { "images", new BsonDocument("$elemMatch", new BsonDocument("id", id)) },
            })
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return found is null || !found.TryGetValue("images", out var images) ? null
            : ImageDocument.Read(images[0].AsBsonDocument, found["collection"].AsString, found["library"].AsString);
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageRecord>> GetImagesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return RunAsync<IReadOnlyList<ImageRecord>>(async () =>
        {
            var wanted = new BsonArray(ids);
            var rows = await AggregateAsync(
                [
                    new BsonDocument("$match", new BsonDocument("ids", new BsonDocument("$in", wanted))),
                    new BsonDocument("$project", new BsonDocument
                    {
                        { "collection", 1 }, { "library", 1 }, { "image", Filter("$images", SegmentStages.IsOneOf(ids)) },
                    }),
                    new BsonDocument("$unwind", "$image"),
                ],
                RecordIndexes.Images,
                cancellationToken).ConfigureAwait(false);
            // An image may be seen twice while its segment is being split.
            return [.. rows.Select(ReadRow).OfType<ImageRecord>().DistinctBy(image => image.Id)];
        });
    }

    /// <inheritdoc/>
    public Task<Page<ImageRecord>> ListImagesAsync(
        string collectionId, PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        var after = PageCursor.After(page, ImagesTag);
        return RunAsync(async () =>
        {
            var shown = Call("$ne", "$$this.state", nameof(ImageState.Removed));
            var rows = await ReadImagesAsync(collectionId, after?.Key, null, page.Limit + 1, shown, cancellationToken).ConfigureAwait(false);
            var result = PageCursor.Page(rows, page.Limit, ImagesTag);
            return new Page<ImageRecord>([.. result.Items.OfType<ImageRecord>()], result.NextCursor);
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageRecord>> ReadRangeAsync(
        string collectionId, byte[]? after, byte[]? through, int limit, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<ImageRecord>>(async () =>
        {
            var rows = await ReadImagesAsync(collectionId, after, through, limit, null, cancellationToken).ConfigureAwait(false);
            return [.. rows.Select(row => row.Image).OfType<ImageRecord>()];
        });

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageRecord>> ListPlannedAsync(
        string jobId, string collectionId, SortKeyRange range, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(range);
        return RunAsync<IReadOnlyList<ImageRecord>>(async () =>
        {
            // Reading begins a little before the first key, because that one is included.
            var planned = Call("$and", Call("$eq", "$$this.plannedBy", Literal(jobId)), Call("$gte", "$$this.key", Literal(ImageDocument.Key(range.From))));
            var rows = await ReadImagesAsync(collectionId, Before(range.From), range.Through, int.MaxValue, planned, cancellationToken)
                .ConfigureAwait(false);
            return [.. rows.Select(row => row.Image).OfType<ImageRecord>()];
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageInCollection>> FindByContentAsync(
        string libraryId, IReadOnlyList<string> contentHashes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contentHashes);
        return RunAsync<IReadOnlyList<ImageInCollection>>(async () =>
        {
            var found = await AggregateAsync(ContentPipeline(libraryId, contentHashes), RecordIndexes.Content, cancellationToken)
                .ConfigureAwait(false);
            var byHash = found.ToLookup(row => row["image"]["hash"].AsString, StringComparer.Ordinal);
            var rows = contentHashes.Distinct(StringComparer.Ordinal).SelectMany(hash => byHash[hash].Take(MostOfOneContent)).ToList();
            var collections = await CollectionDocumentsAsync(rows.Select(CollectionOf).Distinct(), cancellationToken).ConfigureAwait(false);
            return
            [
                .. rows.Where(row => collections.ContainsKey(CollectionOf(row)))
                    .Select(row => ReadOrReport(row, "image", item => InCollection(item, collections[CollectionOf(item)])))
                    .OfType<ImageInCollection>(),
            ];
        });
    }

    private static string CollectionOf(BsonDocument row) => new Fields(row).TextOrEmpty("collection");

    private static byte[] Before(byte[] key) => key.Length == 0 ? key : key[..^1];

    private static ImageInCollection InCollection(BsonDocument row, BsonDocument collection)
    {
        var place = CollectionDocument.Read(collection, CollectionSums.None);
        return new ImageInCollection(ImageDocument.Read(row["image"].AsBsonDocument, place.Id, place.LibraryId), place.Path, place.Kind);
    }

    // The likely former places first; no more of each content than are wanted leave the server.
    private static BsonDocument[] ContentPipeline(string libraryId, IReadOnlyList<string> hashes)
    {
        var wanted = Call(
            "$and",
            Call("$in", Call("$ifNull", "$$this.hash", ""), Literal(new BsonArray(hashes))), Not(Missing("$$this.derivatives")));
        var rank = If(Call("$eq", "$images.state", nameof(ImageState.Removed)), 0, If(Missing("$images.candidate"), 2, 1));
        return
        [
            new BsonDocument("$match", new BsonDocument { { "hashes", new BsonDocument("$in", new BsonArray(hashes)) }, { "library", libraryId } }),
            new BsonDocument("$project", new BsonDocument { { "collection", 1 }, { "images", Filter("$images", wanted) } }),
            new BsonDocument("$unwind", "$images"),
            new BsonDocument("$project", new BsonDocument { { "collection", 1 }, { "image", "$images" }, { "rank", rank } }),
            new BsonDocument("$sort", new BsonDocument { { "rank", 1 }, { "_id", 1 }, { "image.key", 1 } }),
            new BsonDocument("$group", new BsonDocument
            {
                { "_id", "$image.hash" },
                { "rows", new BsonDocument("$firstN", new BsonDocument { { "n", MostOfOneContent }, { "input", "$$ROOT" } }) },
            }),
            new BsonDocument("$unwind", "$rows"),
            new BsonDocument("$replaceWith", "$rows"),
        ];
    }

    /// <summary>Reads images of a key range in order; one that does not fit is null, and keeps its place.</summary>
    private async Task<IReadOnlyList<(ImageRecord? Image, PageCursor Position)>> ReadImagesAsync(
        string collectionId, byte[]? after, byte[]? through, int limit, BsonValue? condition, CancellationToken cancellationToken)
    {
        var rows = new List<(ImageRecord?, PageCursor)>();
        var last = ImageDocument.Key(after ?? []);
        var segments = await _maps.GetAsync(collectionId, cancellationToken).ConfigureAwait(false);
        while (rows.Count < limit)
        {
            var asked = limit - rows.Count;
            // Segments are only ever split, so the one that a remembered map names lies at the wanted key or before it.
            var first = segments.Last(segment => string.CompareOrdinal(segment.From, last) <= 0);
            var found = await AggregateAsync(RangePipeline(first, last, through, condition, asked), IdIndex, cancellationToken).ConfigureAwait(false);
            var before = last;
            foreach (var row in found)
            {
                // An image may be seen twice while its segment is being split.
                var key = new Fields(row).Child("image") is { } image ? image.TextOrEmpty("key") : "";
                if (string.CompareOrdinal(key, last) > 0)
                {
                    last = key;
                    rows.Add((ReadRow(row), new PageCursor(ImageDocument.Bytes(key), 0)));
                }
            }
            if (found.Count < asked || string.Equals(last, before, StringComparison.Ordinal))
            {
                break;
            }
        }
        return rows;
    }

    private const string IdIndex = "_id_";

    private ImageRecord? ReadRow(BsonDocument row) => ReadOrReport(
        row["image"].AsBsonDocument, "image", image => ImageDocument.Read(image, new Fields(row).Text("collection"), new Fields(row).Text("library")));

    private static BsonDocument[] RangePipeline(SegmentBounds first, string after, byte[]? through, BsonValue? condition, int limit)
    {
        var last = through is null ? DocumentIds.Segments(first.CollectionId).Below : DocumentIds.Segment(first.CollectionId, ImageDocument.Key(through));
        var conditions = new BsonArray { Call("$gt", "$$this.key", Literal(after)) };
        if (through is not null)
        {
            conditions.Add(Call("$lte", "$$this.key", Literal(ImageDocument.Key(through))));
        }
        if (condition is not null)
        {
            conditions.Add(condition);
        }
        return
        [
            new BsonDocument("$match", new BsonDocument("_id", new BsonDocument { { "$gte", first.Id }, { "$lte", last } })),
            new BsonDocument("$sort", new BsonDocument("_id", 1)),
            new BsonDocument("$project", new BsonDocument
            {
                { "collection", 1 }, { "library", 1 }, { "image", Filter("$images", new BsonDocument("$and", conditions)) },
            }),
            new BsonDocument("$unwind", "$image"),
            new BsonDocument("$limit", limit),
        ];
    }
}
