using System.Security.Cryptography;
using System.Text;
using ImageLibrary.Core;
using MongoDB.Bson;
using static ImageLibrary.Storage.Mongo.Expressions;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// A job in one document, with the counts of its open collections' lanes beside those of the ended ones: a fold moves counts
/// from here to there at once, and a reader never sees them twice.
/// </summary>
internal static class JobDocument
{
    private const int TagBytes = 6;

    /// <summary>A short name of a job, for positions in the list of changes.</summary>
    public static string Tag(string jobId) => Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(jobId)).AsSpan(0, TagBytes));

    /// <summary>An open job.</summary>
    public static BsonDocument OpenFilter(string jobId) => new() { { "_id", DocumentIds.Job(jobId) }, { "open", true } };

    /// <summary>Notes that a job has changed: its version tells readers, its time tells them where to look.</summary>
    public static BsonDocument Touch(long now) => Set(new BsonDocument
    {
        { "version", Call("$add", "$version", 1) },
        { "at", "$$NOW" },
        { "updatedAt", now },
    });

    public static BsonDocument Write(Job job, long number, long now)
    {
        var document = new BsonDocument
        {
            { "_id", DocumentIds.Job(job.Id) },
            { "job", job.Id },
            { "tag", Tag(job.Id) },
            { "number", number },
            { "version", 1L },
            { "workflow", job.WorkflowId },
            { "type", job.Type.ToString() },
            { "state", job.State.ToString() },
            { "open", !job.Ended },
            { "options", job.Options },
            { "startedAt", job.StartedAt.UtcTicks },
            { "updatedAt", job.UpdatedAt == default ? now : job.UpdatedAt.UtcTicks },
            { "stage", job.Stage.ToString() },
            { "collections", Write(job.Collections) },
            { "images", StoreJson.ToBson(job.Images) },
            { "lanes", new BsonArray() },
        };
        document.AddOptional("libraryId", job.LibraryId);
        document.AddOptional("collectionId", job.CollectionId);
        document.AddOptional("folder", job.CurrentFolder);
        document.AddOptional("error", job.Error);
        if (job.ScansWholeLibrary())
        {
            document.AddOptional("scanOf", job.LibraryId);
        }
        if (job.Waiting is { } waiting)
        {
            document.Add("waiting", Write(waiting));
        }
        if (job.EndedAt is { } endedAt)
        {
            document.Add("endedAt", endedAt.UtcTicks);
        }
        return document;
    }

    public static BsonDocument Write(CollectionCounts counts) =>
        new() { { "total", counts.Total }, { "done", counts.Done }, { "skipped", counts.Skipped } };

    public static BsonDocument Write(JobWaiting waiting)
    {
        var document = new BsonDocument { { "reason", waiting.Reason.ToString() }, { "detail", waiting.Detail } };
        if (waiting.Until is { } until)
        {
            document.Add("until", until.UtcTicks);
        }
        return document;
    }

    /// <summary>Reads a job with the counts of its open collections added.</summary>
    /// <exception cref="UnfitRecordException">A field is missing or of the wrong type.</exception>
    public static Job Read(BsonDocument document)
    {
        var fields = new Fields(document);
        return new Job
        {
            Id = fields.Text("job"),
            WorkflowId = fields.Text("workflow"),
            Type = fields.Enum<JobType>("type"),
            State = fields.Enum<JobState>("state"),
            Waiting = fields.Child("waiting") is { } waiting
                ? new JobWaiting(waiting.Enum<WaitingReason>("reason"), waiting.OptionalTime("until"), waiting.Text("detail"))
                : null,
            LibraryId = fields.OptionalText("libraryId"),
            CollectionId = fields.OptionalText("collectionId"),
            Options = fields.Text("options"),
            StartedAt = fields.Time("startedAt"),
            UpdatedAt = fields.Time("updatedAt"),
            EndedAt = fields.OptionalTime("endedAt"),
            Stage = fields.Enum<JobStage>("stage"),
            CurrentFolder = fields.OptionalText("folder"),
            Collections = fields.Child("collections") is { } counts
                ? new CollectionCounts(counts.Long("total"), counts.Long("done"), counts.Long("skipped"))
                : new CollectionCounts(),
            OpenCollections = fields.Children("lanes").Select(lane => lane.Text("collection")).Distinct().Count(),
            Images = fields.Children("lanes").Aggregate(
                fields.Json("images", StoreJson.Counts), (sum, lane) => sum + lane.Json("counts", StoreJson.Counts)),
            Error = fields.OptionalText("error"),
        };
    }

    /// <summary>A lane's number and counts, or null when the job counts nothing of it.</summary>
    public static LaneProgress? ReadLane(BsonDocument document, LaneKey key)
    {
        foreach (var lane in new Fields(document).Children("lanes"))
        {
            if (lane.Text("collection") == key.CollectionId && lane.Int("lane") == key.Lane)
            {
                return new LaneProgress(lane.Long("number"), lane.Json("counts", StoreJson.Counts));
            }
        }
        return null;
    }
}
