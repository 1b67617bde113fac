using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;
using static ImageLibrary.Storage.Mongo.Expressions;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// Splits a segment that would become too large, together with the images that are to go into it. One ordered command freezes
/// the segment, makes the new ones behind it, frozen too, then shortens the old one and frees them all. No write meets a frozen
/// segment, so that one that a crash leaves behind can be taken back, or finished, without losing anything.
/// </summary>
internal static class SegmentSplit
{
    // New segments are left some room; a page of a plan that goes on in order fills them up.
    private const int ImagesOfPart = SegmentStages.MostImages * 9 / 10;
    private const int BytesOfPart = SegmentStages.MostBytes * 9 / 10;

    /// <summary>The command that splits a segment, or null when the segment has changed since its bounds were read.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="stored">Its document.</param>
    /// <param name="added">Images that go into it, in order.</param>
    /// <param name="libraryId">The library.</param>
    /// <param name="guard">Puts the statement that refuses old work.</param>
    public static RecordCommand? Create(
        SegmentBounds segment, BsonDocument stored, IReadOnlyList<BsonDocument> added, string libraryId, Action<RecordCommand> guard)
    {
        if (stored.Contains("freezing") || stored["to"].AsString != segment.To)
        {
            return null;
        }
        var parts = Divide(Merge(stored["images"].AsBsonArray, added));
        var bounds = new SegmentBounds[parts.Count];
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            var from = i == 0 ? segment.From : parts[i][0]["key"].AsString;
            bounds[i] = new SegmentBounds(segment.CollectionId, from, i == parts.Count - 1 ? segment.To : bounds[i + 1].From);
        }
        var token = StableId.NewId();
        var command = new RecordCommand();
        guard(command);
        var unchanged = segment.Filter.Add("version", stored["version"]);
        var others = new BsonArray(bounds.Skip(1).Select(part => part.Id));
        command.Upsert(unchanged, Freeze(new BsonDocument { { "token", token }, { "parts", Literal(others) } }));
        for (var i = 1; i < parts.Count; i++)
        {
            command.Upsert(
                Frozen(bounds[i].Id, token),
                [.. SegmentStages.Fill(bounds[i], libraryId, parts[i]), Freeze(new BsonDocument { { "token", token }, { "source", Literal(segment.Id) } })]);
        }
        command.Upsert(Frozen(segment.Id, token), [.. SegmentStages.Fill(bounds[0], libraryId, parts[0]), Thaw]);
        command.UpdateMany(
            new BsonDocument { { "_id", new BsonDocument("$in", others) }, { "freezing.token", token } }, Thaw);
        command.Writes(added.Count);
        return command;
    }

    /// <summary>Ends a split that has not gone on for a while: takes it back when its segment is still frozen, or else finishes it.</summary>
    /// <param name="records">The collection.</param>
    /// <param name="frozen">A frozen segment, as <see cref="FindFrozenAsync"/> has found it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task RecoverAsync(IMongoCollection<BsonDocument> records, BsonDocument frozen, CancellationToken cancellationToken)
    {
        var id = frozen["_id"].AsString;
        var freezing = frozen["freezing"].AsBsonDocument;
        var token = freezing["token"].AsString;
        var thaw = new BsonDocument("$unset", new BsonDocument("freezing", ""));
        if (freezing.TryGetValue("parts", out var parts))
        {
            // Thawed first: that keeps a command which only stalled from shortening the segment. Where it has done so already, the
            // parts hold what the segment does not any more.
            var thawed = await records.UpdateOneAsync(Frozen(id, token), thaw, options: null, cancellationToken).ConfigureAwait(false);
            if (thawed.MatchedCount == 1)
            {
                await records.DeleteManyAsync(
                    new BsonDocument { { "_id", new BsonDocument("$in", parts) }, { "freezing.token", token } }, cancellationToken)
                    .ConfigureAwait(false);
            }
            return;
        }
        var source = await records.Find(new BsonDocument("_id", freezing["source"])).Project(new BsonDocument { { "to", 1 }, { "freezing", 1 } })
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (source is null || string.CompareOrdinal(source["to"].AsString, frozen["from"].AsString) <= 0)
        {
            await records.UpdateOneAsync(Frozen(id, token), thaw, options: null, cancellationToken).ConfigureAwait(false);
        }
        else if (!source.Contains("freezing"))
        {
            // Made after the split had been taken back: its images are still in the segment that it was split from.
            await records.DeleteOneAsync(Frozen(id, token), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Every segment that is being split.</summary>
    public static async Task<List<BsonDocument>> FindFrozenAsync(IMongoCollection<BsonDocument> records, CancellationToken cancellationToken) =>
        await records.Find(
                new BsonDocument("freezing.token", new BsonDocument("$gt", "")), new FindOptions { Hint = RecordIndexes.Freezing })
            .Project(new BsonDocument { { "from", 1 }, { "freezing", 1 } })
            .ToListAsync(cancellationToken).ConfigureAwait(false);

    private static BsonDocument Thaw { get; } = new("$unset", "freezing");

    private static BsonDocument Freeze(BsonDocument freezing) => Set(new BsonDocument("freezing", freezing));

    private static BsonDocument Frozen(string id, string token) => new() { { "_id", id }, { "freezing.token", token } };

    private static List<BsonDocument> Merge(BsonArray stored, IReadOnlyList<BsonDocument> added)
    {
        var byKey = new SortedDictionary<string, BsonDocument>(StringComparer.Ordinal);
        foreach (var image in stored.Select(value => value.AsBsonDocument).Concat(added))
        {
            byKey[image["key"].AsString] = image;
        }
        return [.. byKey.Values];
    }

    // Parts of about equal numbers, each within both limits.
    private static List<List<BsonDocument>> Divide(List<BsonDocument> images)
    {
        var least = Math.Max(2, (images.Count + ImagesOfPart - 1) / ImagesOfPart);
        var most = Math.Max(1, (images.Count + least - 1) / least);
        var parts = new List<List<BsonDocument>> { new(most) };
        var bytes = 0L;
        foreach (var image in images)
        {
            var size = image.ToBson().Length;
            if (parts[^1].Count > 0 && (parts[^1].Count >= most || bytes + size > BytesOfPart))
            {
                parts.Add(new(most));
                bytes = 0;
            }
            parts[^1].Add(image);
            bytes += size;
        }
        return parts;
    }
}
