using ImageLibrary.Core;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Records with plausible values in every field.</summary>
public static class Samples
{
    public const string LibraryId = "library-1";

    public static DateTimeOffset Moment { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static Library Library(string id = LibraryId, string root = "/pictures", string name = "Pictures") => new()
    {
        Id = id,
        Name = name,
        RootPath = root,
        Settings = new LibrarySettings { Exclude = ["*.tmp", "größe/**"], MaxConcurrentCollections = 7 },
        RootIdentity = new RootIdentity(1, 2, 3),
        CreatedAt = Moment,
    };

    public static Job Job(string id, string? libraryId = LibraryId, DateTimeOffset? startedAt = null) => new()
    {
        Id = id,
        WorkflowId = $"library-scan/{libraryId}",
        Type = JobType.Scan,
        LibraryId = libraryId,
        Options = """{"deep":true}""",
        StartedAt = startedAt ?? Moment,
        UpdatedAt = startedAt ?? Moment,
    };

    public static DiscoveredCollection Found(string path) => new(
        path, path.Length == 0 ? "Pictures" : path[(path.LastIndexOf('/') + 1)..], path.EndsWith(".zip", StringComparison.Ordinal) ? CollectionKind.Archive : CollectionKind.Folder);

    public static string CollectionId(string path) => StableId.ForCollection(LibraryId, path);

    public static ImageRecord Pending(string collectionId, string path, string? plannedBy = null, int occurrence = 0) => new()
    {
        Id = StableId.ForImage(collectionId, path, occurrence),
        CollectionId = collectionId,
        LibraryId = LibraryId,
        Path = path,
        Occurrence = occurrence,
        SortKey = NaturalSortKey.Create(path, occurrence),
        SourceSize = 1_234_567,
        SourceModified = 17_000_000_000_000_000,
        PlannedByJobId = plannedBy,
        PlannedWork = plannedBy is null ? default : PlannedWork.Added,
    };

    public static ImageRecord Ready(string collectionId, string path, string hash = "00112233445566778899aabbccddeeff", int occurrence = 0)
    {
        var image = Pending(collectionId, path, null, occurrence) with
        {
            State = ImageState.Ready,
            ContentHash = hash,
            Generation = 2,
            GenerationJobId = "job-0",
            Facts = new SourceFacts
            {
                Width = 4000,
                Height = 3000,
                Format = "jpeg",
                Orientation = 6,
                Quality = 92,
                Profile = "Display P3",
                Camera = "Ünï Maker 5",
                TakenAt = new DateTime(2024, 2, 29, 23, 59, 58),
            },
            Thumbhash = [1, 2, 3, 250],
        };
        return image with { Derivatives = [.. DerivativeSpec.Defaults.Select(spec => Made(image, spec))] };
    }

    public static ImageRecord Failed(string collectionId, string path) => Pending(collectionId, path) with
    {
        State = ImageState.Failed,
        Failure = ImageFailure.Of(FailureClass.Corrupt),
    };

    public static JobFailure Failure(string path, FailureClass failureClass = FailureClass.Corrupt, string? imageId = null) =>
        new(CollectionId(""), imageId, path, ImageFailure.Of(failureClass), Moment);

    private static Derivative Made(ImageRecord image, DerivativeSpec spec) =>
        new(spec.Kind, DerivativeName.Create(image, spec, "recipe"), spec.MaxWidth, spec.MaxHeight, 9_876_543_210, 85, spec.Format, "recipe");
}
