using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// The indexes of <c>records</c>. All are sparse, and each begins with a field that only the documents have that it is for.
/// </summary>
internal static class RecordIndexes
{
    public const string Segments = "segments";
    public const string Images = "images";
    public const string Content = "content";
    public const string Candidates = "candidates";
    public const string Removals = "removals";
    public const string Freezing = "freezing";
    public const string LibrarySums = "library_sums";
    public const string Words = "words";
    public const string PathOrder = "path";
    public const string NameOrder = "name";
    public const string AddedOrder = "added";
    public const string LibraryPathOrder = "library_path";
    public const string LibraryNameOrder = "library_name";
    public const string LibraryAddedOrder = "library_added";
    public const string JobOrder = "jobs";
    public const string WorkflowJobs = "workflow_jobs";
    public const string LibraryScans = "library_scans";
    public const string OpenJobs = "open_jobs";
    public const string ChangedJobs = "changed_jobs";
    public const string JobTags = "job_tags";

    /// <summary>Every index with its fields.</summary>
    public static IReadOnlyList<CreateIndexModel<BsonDocument>> All { get; } =
    [
        // Covers both the bounds of a collection's segments and the sums over them, so that neither reads a segment.
        Index(Segments, ("collection", 1), ("from", 1), ("to", 1), ("n", 1), ("incomplete", 1), ("cover", 1)),
        Index(LibrarySums, ("library", 1), ("collection", 1), ("n", 1), ("files", 1), ("bytes", 1)),
        Index(Images, ("ids", 1)),
        Index(Content, ("hashes", 1)),
        Index(Candidates, ("candidates", 1)),
        Index(Removals, ("removals.job", 1)),
        Index(Freezing, ("freezing.token", 1)),
        Index(Words, ("words", 1)),
        Index(PathOrder, ("pathKey", 1), ("added", 1)),
        Index(NameOrder, ("nameKey", 1), ("added", 1)),
        Index(AddedOrder, ("added", 1)),
        Index(LibraryPathOrder, ("ofLibrary", 1), ("pathKey", 1), ("added", 1)),
        Index(LibraryNameOrder, ("ofLibrary", 1), ("nameKey", 1), ("added", 1)),
        Index(LibraryAddedOrder, ("ofLibrary", 1), ("added", 1)),
        Index(JobOrder, ("number", 1)),
        Index(WorkflowJobs, ("workflow", 1), ("startedAt", 1), ("number", 1)),
        Index(LibraryScans, ("scanOf", 1), ("startedAt", 1), ("number", 1)),
        Index(OpenJobs, ("open", 1)),
        Index(ChangedJobs, ("at", 1)),
        Index(JobTags, ("tag", 1)),
    ];

    private static CreateIndexModel<BsonDocument> Index(string name, params (string Field, int Order)[] fields) => new(
        new BsonDocument(fields.Select(field => new BsonElement(field.Field, field.Order))),
        new CreateIndexOptions { Name = name, Sparse = true });
}
