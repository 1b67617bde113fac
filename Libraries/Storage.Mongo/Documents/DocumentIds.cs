namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// Ids of the documents in the collection <c>records</c>. What one batch writes must lie in one collection, so that one command
/// writes it all: collections, segments of images, jobs and failures are told apart by the beginnings of their ids.
/// </summary>
internal static class DocumentIds
{
    // Sorts right behind '/', so that everything that begins with "x/" lies below "x0".
    private const char BehindSlash = '0';

    public static string Collection(string collectionId) => $"c/{collectionId}";

    public static string Job(string jobId) => $"j/{jobId}";

    /// <summary>A segment is named by its first key, which never changes.</summary>
    public static string Segment(string collectionId, string from) => $"s/{collectionId}/{from}";

    public static string Failure(string jobId, string key) => $"f/{jobId}/{key}";

    /// <summary>The ids of all segments of a collection: from the first, to below the second.</summary>
    public static (string From, string Below) Segments(string collectionId) => ($"s/{collectionId}/", $"s/{collectionId}{BehindSlash}");

    /// <summary>The ids of all failures of a job: from the first, to below the second.</summary>
    public static (string From, string Below) Failures(string jobId) => ($"f/{jobId}/", $"f/{jobId}{BehindSlash}");
}
