using ImageLibrary.Core;
using MongoDB.Bson;
using static ImageLibrary.Storage.Mongo.Expressions;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// The stages by which segments change on the server. Every update writes images as they shall be and then derives counts, cover
/// and what is indexed from all images of the segment, so that it may be repeated and counts never drift.
/// </summary>
internal static class SegmentStages
{
    /// <summary>Most images of a segment.</summary>
    public const int MostImages = 500;

    /// <summary>Most bytes of a segment, except that one image always fits.</summary>
    public const int MostBytes = 1 << 20;

    // Entries of jobs that removed something; older jobs have ended long ago.
    private const int MostRemovals = 16;

    // Of each file in the cache folder; a source that is served itself has its size in another field.
    private const string FileBytes = $"$$this.derivatives.{ImageDocument.FileBytes}";

    /// <summary>Keeps a frozen segment, which is being split, as it is.</summary>
    public static BsonDocument RefuseFrozen { get; } =
        Set(new BsonDocument("freezing", If(Missing("$freezing"), "$$REMOVE", Refuse(Refusal.Conflict.Word()))));

    private static BsonDocument Version { get; } = Call("$add", Call("$ifNull", "$version", 0), 1);

    private static BsonArray ShownStates { get; } = [nameof(ImageState.Ready), nameof(ImageState.Damaged)];

    /// <summary>Inserts or replaces images, by their keys.</summary>
    public static BsonDocument[] Put(SegmentBounds segment, string libraryId, IReadOnlyList<BsonDocument> images)
    {
        var keys = new BsonArray(images.Select(image => image["key"]));
        var others = Filter(OrEmpty("$images"), Not(Call("$in", "$$this.key", Literal(keys))));
        return [Place(segment, libraryId, Merge(others, Literal(new BsonArray(images)))), Derive, Bound];
    }

    /// <summary>Replaces all of an image but what jobs have planned for it, if it is as it was read or as it shall be.</summary>
    /// <param name="segment">Where it belongs.</param>
    /// <param name="read">The image as it was read.</param>
    /// <param name="image">The image as it shall be.</param>
    /// <param name="incomplete">Whether it is incomplete when nothing is planned.</param>
    public static BsonDocument[] ReplaceKeepingPlans(SegmentBounds segment, ImageRecord read, ImageRecord image, bool incomplete)
    {
        var key = Literal(ImageDocument.Key(image.SortKey));
        var found = new BsonDocument("$first", Filter(OrEmpty("$images"), Call("$eq", "$$this.key", key), limit: 1));
        var unplanned = ImageDocument.Write(image with { PlannedByJobId = null, RemovalCandidateJobId = null }, incomplete: false);
        var kept = new BsonDocument
        {
            { "plannedBy", "$$known.plannedBy" },
            { "planned", "$$known.planned" },
            { "candidate", "$$known.candidate" },
            { "incomplete", If(incomplete || image.State == ImageState.Removed ? incomplete : Not(Missing("$$known.plannedBy")), true, "$$REMOVE") },
        };
        var replaced = Let(
            "known", found,
            If(
                Call("$or", HasSameFiles(read), HasSameFiles(image)),
                Call("$mergeObjects", Literal(unplanned), kept),
                Refuse(Refusal.Stale.Word())));
        var others = Filter(OrEmpty("$images"), Call("$ne", "$$this.key", key));
        return [Place(segment, image.LibraryId, Merge(others, new BsonArray { replaced })), Derive, Bound];
    }

    /// <summary>Replaces all images of a segment and where it ends.</summary>
    public static BsonDocument[] Fill(SegmentBounds segment, string libraryId, IReadOnlyList<BsonDocument> images) =>
        [Place(segment, libraryId, Literal(new BsonArray(images))), Derive];

    /// <summary>Takes images out whose sort keys are not greater than one.</summary>
    public static BsonDocument[] Cut(string through) =>
    [
        RefuseFrozen,
        Set(new BsonDocument { { "images", Filter("$images", Call("$gt", "$$this.key", Literal(through))) }, { "version", Version } }),
        Derive,
    ];

    /// <summary>Marks images as removed that fulfil a condition; they keep their derivatives, so that they can come back.</summary>
    public static BsonDocument[] Remove(BsonValue condition, string jobId, long now)
    {
        var chosen = Call("$and", Call("$ne", "$$this.state", nameof(ImageState.Removed)), condition);
        var removed = Call("$mergeObjects", "$$this", new BsonDocument
        {
            { "state", nameof(ImageState.Removed) },
            { "removedBy", Literal(jobId) },
            { "removedAt", now },
        });
        return
        [
            RefuseFrozen,
            Set(new BsonDocument
            {
                { "images", Map("$images", If(chosen, Without(removed, "plannedBy", "planned", "candidate", "incomplete"), "$$this")) },
                { "removals", Tally(jobId, new BsonDocument("$size", Filter("$images", chosen))) },
                { "version", Version },
            }),
            Derive,
        ];
    }

    /// <summary>
    /// Takes the derivatives from images that have moved away. One that this job had counted as removed has in truth moved. The
    /// files keep their names, so what comes to the old place must be rendered under others: its generation is raised.
    /// </summary>
    public static BsonDocument[] GiveAway(IReadOnlyList<string> imageIds, string jobId, long now)
    {
        var gives = Call("$and", Call("$in", "$$this.id", Literal(new BsonArray(imageIds))), Not(Missing("$$this.derivatives")));
        var given = Call("$mergeObjects", "$$this", new BsonDocument
        {
            { "state", nameof(ImageState.Removed) },
            { "removedBy", Call("$ifNull", "$$this.removedBy", Literal(jobId)) },
            { "removedAt", Call("$ifNull", "$$this.removedAt", now) },
            { "generation", Call("$add", Call("$ifNull", "$$this.generation", 0), 1) },
        });
        var counted = Filter("$images", Call("$and", gives, Call("$eq", "$$this.removedBy", Literal(jobId))));
        return
        [
            RefuseFrozen,
            Set(new BsonDocument
            {
                {
                    "images",
                    Map("$images", If(gives, Without(given, "derivatives", "thumbhash", "plannedBy", "planned", "candidate", "incomplete"), "$$this"))
                },
                { "removals", Tally(jobId, Call("$multiply", new BsonDocument("$size", counted), -1)) },
                { "version", Version },
            }),
            Derive,
        ];
    }

    /// <summary>Whether an element is one of some images.</summary>
    public static BsonDocument IsOneOf(IReadOnlyList<string> imageIds) => Call("$in", "$$this.id", Literal(new BsonArray(imageIds)));

    // As ImageRecord.HasSameFiles, of the image called $$known.
    private static BsonDocument HasSameFiles(ImageRecord image) => Call(
        "$and",
        Call("$eq", "$$known.state", image.State.ToString()),
        Call("$eq", Call("$ifNull", "$$known.generation", 0), image.Generation),
        Call("$eq", OrEmpty("$$known.derivatives.file"), Literal(new BsonArray(image.Derivatives.Select(made => made.FileName)))));

    /// <summary>How many files the images have in the cache folder, and their bytes: a part of what is derived.</summary>
    public static BsonDocument Files { get; } = new()
    {
        { "files", new BsonDocument("$sum", Map("$images", If(new BsonDocument("$isArray", FileBytes), new BsonDocument("$size", FileBytes), 0))) },
        { "bytes", new BsonDocument("$sum", Map("$images", new BsonDocument("$sum", FileBytes))) },
    };

    private static BsonDocument Derive { get; } = Set(new BsonDocument
    {
        { "count", new BsonDocument("$size", "$images") },
        { "n", Count(Call("$ne", "$$this.state", nameof(ImageState.Removed))) },
        { "incomplete", Count(Call("$eq", "$$this.incomplete", true)) },
        { "cover", Cover() },
        { "ids", "$images.id" },
        { "hashes", Distinct("hash", Call("$and", Not(Missing("$$this.hash")), Not(Missing("$$this.derivatives")))) },
        { "candidates", Distinct("candidate", Not(Missing("$$this.candidate"))) },
    }.AddRange(Files));

    // Last, so that the size is that of the segment as it would be.
    private static BsonDocument Bound { get; } = Set(new BsonDocument("count", If(
        Call(
            "$and",
            Call("$gt", "$count", 1),
            Call("$or", Call("$gt", "$count", MostImages), Call("$gt", new BsonDocument("$bsonSize", "$$ROOT"), MostBytes))),
        Refuse(Refusal.Overflow.Word()),
        "$count")));

    private static BsonDocument Place(SegmentBounds segment, string libraryId, BsonDocument images) => Set(new BsonDocument
    {
        { "library", Literal(libraryId) },
        { "collection", Literal(segment.CollectionId) },
        { "from", Literal(segment.From) },
        { "to", Literal(segment.To) },
        { "version", Version },
        { "images", images },
    });

    private static BsonDocument Merge(BsonValue others, BsonValue images) => new("$sortArray", new BsonDocument
    {
        { "input", Call("$concatArrays", others, images) },
        { "sortBy", new BsonDocument("key", 1) },
    });

    private static BsonDocument Count(BsonValue condition) => new("$size", Filter("$images", condition));

    private static BsonDocument Cover()
    {
        var shown = new BsonDocument("$first", Filter("$images", Call("$in", "$$this.state", ShownStates), limit: 1));
        return Let("shown", shown, If(Missing("$$shown"), "$$REMOVE", new BsonDocument { { "key", "$$shown.key" }, { "id", "$$shown.id" } }));
    }

    private static BsonDocument Distinct(string field, BsonValue condition) =>
        Call("$setUnion", Map(Filter("$images", condition), $"$$this.{field}"));

    private static BsonDocument Without(BsonDocument element, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            element = new BsonDocument("$unsetField", new BsonDocument { { "field", field }, { "input", element } });
        }
        return element;
    }

    /// <summary>What a job has removed from the segment, with a difference added; kept with the images, so that both change at once.</summary>
    private static BsonDocument Tally(string jobId, BsonValue difference)
    {
        var own = Call("$eq", "$$this.job", Literal(jobId));
        var former = Call("$ifNull", new BsonDocument("$first", Map(Filter(OrEmpty("$removals"), own, limit: 1), "$$this.n")), 0);
        var entry = new BsonDocument { { "job", Literal(jobId) }, { "n", Call("$add", former, "$$difference") } };
        var next = Call("$slice", Call("$concatArrays", Filter(OrEmpty("$removals"), Not(own)), new BsonArray { entry }), -MostRemovals);
        return Let("difference", difference, If(Call("$eq", "$$difference", 0), "$removals", next));
    }
}
