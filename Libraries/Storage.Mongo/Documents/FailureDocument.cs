using System.Text;
using ImageLibrary.Core;
using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

/// <summary>A failure of a job, a document of its own: a job may have millions.</summary>
internal static class FailureDocument
{
    /// <summary>The failure's place in the list: by path; two entries of one name in an archive are two images.</summary>
    public static byte[] SortKey(JobFailure failure) =>
        [.. NaturalSortKey.Create(failure.Path), .. Encoding.UTF8.GetBytes(failure.ImageId ?? "")];

    public static BsonDocument Write(string jobId, JobFailure failure)
    {
        var key = ImageDocument.Key(SortKey(failure));
        var document = new BsonDocument
        {
            { "_id", DocumentIds.Failure(jobId, key) },
            { "key", key },
            { "path", failure.Path },
            { "failure", ImageDocument.Write(failure.Failure) },
            { "foundAt", failure.At.UtcTicks },
        };
        document.AddOptional("collectionId", failure.CollectionId);
        document.AddOptional("imageId", failure.ImageId);
        return document;
    }

    /// <summary>Reads a failure.</summary>
    /// <exception cref="UnfitRecordException">A field is missing or of the wrong type.</exception>
    public static JobFailure Read(BsonDocument document)
    {
        var fields = new Fields(document);
        return new JobFailure(
            fields.OptionalText("collectionId"), fields.OptionalText("imageId"), fields.Text("path"),
            fields.Failure("failure") ?? throw new UnfitRecordException("failure is missing"), fields.Time("foundAt"));
    }
}
