using System.Text;
using ImageLibrary.Core;
using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// An image with its derivatives as an element of a segment. Sort keys are stored as text with a character per byte: the server
/// orders binary data by length first, texts byte by byte. What is null, zero or false is left out.
/// </summary>
internal static class ImageDocument
{
    /// <summary>Field of a derivative that is a file: its length.</summary>
    public const string FileBytes = "bytes";

    private const string OriginalBytes = "originalBytes";

    /// <summary>A key as the server orders it.</summary>
    public static string Key(byte[] key) => Encoding.Latin1.GetString(key);

    /// <summary>The key of <see cref="Key(byte[])"/>.</summary>
    public static byte[] Bytes(string key) => Encoding.Latin1.GetBytes(key);

    public static BsonDocument Write(ImageRecord image, bool incomplete)
    {
        var document = new BsonDocument
        {
            { "id", image.Id },
            { "key", Key(image.SortKey) },
            { "path", image.Path },
            { "size", image.SourceSize },
            { "modified", image.SourceModified },
            { "state", image.State.ToString() },
        };
        document.Add("occurrence", image.Occurrence, image.Occurrence != 0);
        document.AddOptional("hash", image.ContentHash);
        document.Add("generation", image.Generation, image.Generation != 0);
        document.AddOptional("generationJob", image.GenerationJobId);
        if (image.Facts is { } facts)
        {
            document.Add("facts", Write(facts));
        }
        if (image.Derivatives.Count > 0)
        {
            document.Add("derivatives", new BsonArray(image.Derivatives.Select(Write)));
        }
        if (image.Thumbhash is { } thumbhash)
        {
            document.Add("thumbhash", new BsonBinaryData(thumbhash));
        }
        if (image.Failure is { } failure)
        {
            document.Add("failure", Write(failure));
        }
        if (image.PlannedByJobId is { } planner)
        {
            document.Add("plannedBy", planner);
            document.Add("planned", image.PlannedWork.ToString());
        }
        document.AddOptional("candidate", image.RemovalCandidateJobId);
        document.AddOptional("removedBy", image.RemovedByJobId);
        if (image.RemovedAt is { } removedAt)
        {
            document.Add("removedAt", removedAt.UtcTicks);
        }
        document.Add("incomplete", true, incomplete);
        return document;
    }

    public static BsonDocument Write(ImageFailure failure) =>
        new() { { "class", failure.Class.ToString() }, { "message", failure.Message } };

    /// <summary>Reads an element of a segment.</summary>
    /// <exception cref="UnfitRecordException">A field is missing or of the wrong type.</exception>
    public static ImageRecord Read(BsonDocument document, string collectionId, string libraryId)
    {
        var fields = new Fields(document, "images");
        var planner = fields.OptionalText("plannedBy");
        return new ImageRecord
        {
            Id = fields.Text("id"),
            CollectionId = collectionId,
            LibraryId = libraryId,
            Path = fields.Text("path"),
            Occurrence = fields.OptionalInt("occurrence") ?? 0,
            SortKey = Bytes(fields.Text("key")),
            SourceSize = fields.Long("size"),
            SourceModified = fields.Long("modified"),
            ContentHash = fields.OptionalText("hash"),
            Generation = fields.OptionalInt("generation") ?? 0,
            GenerationJobId = fields.OptionalText("generationJob"),
            State = fields.Enum<ImageState>("state"),
            Facts = fields.Child("facts") is { } facts ? ReadFacts(facts) : null,
            Derivatives = [.. fields.Children("derivatives").Select(ReadDerivative)],
            Thumbhash = fields.OptionalBytes("thumbhash"),
            Failure = fields.Failure("failure"),
            PlannedByJobId = planner,
            PlannedWork = planner is null ? default : fields.Enum<PlannedWork>("planned"),
            RemovalCandidateJobId = fields.OptionalText("candidate"),
            RemovedByJobId = fields.OptionalText("removedBy"),
            RemovedAt = fields.OptionalTime("removedAt"),
        };
    }

    private static BsonDocument Write(SourceFacts facts)
    {
        var document = new BsonDocument { { "width", facts.Width }, { "height", facts.Height }, { "format", facts.Format } };
        document.Add("orientation", facts.Orientation, facts.Orientation != 1);
        document.Add("animated", true, facts.Animated);
        if (facts.Quality is { } quality)
        {
            document.Add("quality", quality);
        }
        document.AddOptional("profile", facts.Profile);
        document.AddOptional("camera", facts.Camera);
        if (facts.TakenAt is { } takenAt)
        {
            document.Add("takenAt", takenAt.Ticks);
        }
        return document;
    }

    private static SourceFacts ReadFacts(Fields facts) => new()
    {
        Width = facts.Int("width"),
        Height = facts.Int("height"),
        Format = facts.Text("format"),
        Orientation = facts.OptionalInt("orientation") ?? 1,
        Animated = facts.Flag("animated"),
        Quality = facts.OptionalInt("quality"),
        Profile = facts.OptionalText("profile"),
        Camera = facts.OptionalText("camera"),
        TakenAt = facts.OptionalLong("takenAt") is { } ticks ? new DateTime(ticks) : null,
    };

    private static BsonDocument Write(Derivative derivative)
    {
        var document = new BsonDocument
        {
            { "kind", derivative.Kind },
            { "file", derivative.FileName },
            { "width", derivative.Width },
            { "height", derivative.Height },
            { derivative.IsOriginal ? OriginalBytes : FileBytes, derivative.Bytes },
        };
        if (derivative.Quality is { } quality)
        {
            document.Add("quality", quality);
        }
        document.Add("format", derivative.Format).Add("recipe", derivative.Recipe);
        if (derivative.OriginalModified is { } modified)
        {
            document.Add("originalModified", modified);
        }
        return document;
    }

    private static Derivative ReadDerivative(Fields fields) => new(
        fields.Text("kind"), fields.Text("file"), fields.Int("width"), fields.Int("height"), fields.OptionalLong(OriginalBytes) ?? fields.Long(FileBytes), fields.OptionalInt("quality"),
        fields.Text("format"), fields.Text("recipe"))
    { OriginalModified = fields.OptionalLong("originalModified") };
}
