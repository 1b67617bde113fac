using ImageLibrary.Core;
using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

/// <summary>A collection. Its counts and its cover are summed up from its segments when it is read.</summary>
internal static class CollectionDocument
{
    public static BsonDocument Write(string id, string libraryId, string jobId, DiscoveredCollection found, long added) => new()
    {
        { "_id", DocumentIds.Collection(id) },
        { "id", id },
        { "ofLibrary", libraryId },
        { "added", added },
        { "path", found.Path },
        { "pathKey", ImageDocument.Key(NaturalSortKey.Create(found.Path)) },
        { "lastSeen", jobId },
    };

    /// <summary>The fields that follow the name and the kind.</summary>
    public static BsonDocument Naming(DiscoveredCollection found) => new()
    {
        { "name", found.Name },
        { "nameKey", ImageDocument.Key(NaturalSortKey.Create(found.Name)) },
        { "kind", found.Kind.ToString() },
        { "words", new BsonArray(SearchWords.Of($"{found.Name} {found.Path}")) },
    };

    /// <summary>Reads a collection that has its <paramref name="sums"/> beside it.</summary>
    /// <exception cref="UnfitRecordException">A field is missing or of the wrong type.</exception>
    public static Collection Read(BsonDocument document, CollectionSums sums)
    {
        var fields = new Fields(document);
        return new Collection
        {
            Id = fields.Text("id"),
            LibraryId = fields.Text("ofLibrary"),
            Name = fields.Text("name"),
            Path = fields.Text("path"),
            Kind = fields.Enum<CollectionKind>("kind"),
            ImageCount = sums.Images,
            IncompleteCount = sums.Incomplete,
            CoverImageId = sums.CoverId,
            ListingFingerprint = fields.OptionalText("listing"),
            RecipeFingerprint = fields.OptionalText("recipe"),
            LastSeenJobId = fields.OptionalText("lastSeen"),
            Failure = fields.Failure("failure"),
        };
    }
}

/// <summary>Sums over a collection's segments.</summary>
/// <param name="Images">Images that are not removed.</param>
/// <param name="Incomplete">Those that wait, failed, or lack a derivative.</param>
/// <param name="CoverId">The first that is shown.</param>
internal sealed record CollectionSums(long Images, long Incomplete, string? CoverId)
{
    public static CollectionSums None { get; } = new(0, 0, null);

    /// <summary>The stage that sums up segments, each group a collection.</summary>
    public static BsonDocument Group { get; } = new("$group", new BsonDocument
    {
        { "_id", "$collection" },
        { "n", new BsonDocument("$sum", "$n") },
        { "incomplete", new BsonDocument("$sum", "$incomplete") },
        { "cover", new BsonDocument("$min", "$cover") },
    });

    public static CollectionSums Read(BsonDocument sums)
    {
        var fields = new Fields(sums);
        return new CollectionSums(fields.Long("n"), fields.Long("incomplete"), fields.Child("cover")?.Text("id"));
    }
}
