using System.Diagnostics;
using System.Globalization;
using ImageLibrary.Core;

namespace ImageLibrary.Bench.Store;

/// <summary>A library of rows without pictures: one collection with a tenth of the images, the others with a hundred each.</summary>
internal sealed class SyntheticLibrary(ILibraryStore store, int images)
{
    private const string LibraryId = "bench";
    private const string JobId = "bench-job";
    private const int EachCollection = 100;
    private const int PageSize = 1_000;
    private const int Writers = 4;
    private static readonly string[] Words = ["Rome", "Paris", "Winter", "Summer", "Family", "Scans", "Comics", "Walk", "Party", "Sea"];

    /// <summary>Imports everything.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> ImportAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await store.AddLibraryAsync(new Library { Id = LibraryId, Name = "Bench", RootPath = "/nonexistent/bench", CreatedAt = DateTimeOffset.UnixEpoch });
        await store.AddJobAsync(new Job { Id = JobId, WorkflowId = "bench", Type = JobType.Scan, LibraryId = LibraryId, StartedAt = DateTimeOffset.UnixEpoch });
        var large = (await store.UpsertDiscoveredAsync(LibraryId, JobId, [new DiscoveredCollection("Large", "Large", CollectionKind.Folder)]))[0];
        for (var first = 0; first < images / 10; first += PageSize)
        {
            await PlanAsync(large.Id, first + PageSize, first, Math.Min(PageSize, (images / 10) - first));
        }
        var paths = Enumerable.Range(0, (images - (images / 10)) / EachCollection).Select(Found);
        var folded = 0L;
        foreach (var chunk in paths.Chunk(PageSize))
        {
            var collections = await store.UpsertDiscoveredAsync(LibraryId, JobId, chunk);
            await Parallel.ForEachAsync(
                collections,
                new ParallelOptions { MaxDegreeOfParallelism = Writers },
                async (collection, _) => await PlanAsync(collection.Id, 1, 0, EachCollection));
            folded += chunk.Length;
            await store.FoldCollectionsAsync(new CollectionFold(
                JobId, folded, new CollectionCounts(folded, folded), new ScanCounts { Total = folded * EachCollection }, [.. collections.Select(item => item.Id)]));
        }
        await store.UpdateJobAsync(JobId, new JobChange { State = JobState.Completed });
        return Stopwatch.GetElapsedTime(started);
    }

    private static DiscoveredCollection Found(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Words[number % 10]} {Words[number / 10 % 10]} {number}");
        return new DiscoveredCollection(string.Create(CultureInfo.InvariantCulture, $"{2000 + (number % 25)}/{name}"), name, CollectionKind.Folder);
    }

    private Task<bool> PlanAsync(string collectionId, long page, int first, int count) => store.RecordPlanAsync(new PlanRecord
    {
        JobId = JobId,
        CollectionId = collectionId,
        Page = page,
        Counts = new ScanCounts { Total = page },
        Images = [.. Enumerable.Range(first, count).Select(number => Image(collectionId, number))],
    });

    private static ImageRecord Image(string collectionId, int number)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"IMG_{number:00000}.jpg");
        var image = new ImageRecord
        {
            Id = StableId.ForImage(collectionId, path),
            CollectionId = collectionId,
            LibraryId = LibraryId,
            Path = path,
            SortKey = NaturalSortKey.Create(path),
            SourceSize = 4_000_000 + number,
            SourceModified = 17_000_000_000_000_000 + number,
            State = ImageState.Ready,
            ContentHash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(collectionId + path)).AsSpan(0, 16)),
            Facts = new SourceFacts { Width = 4032, Height = 3024, Format = "jpeg", Quality = 93 },
            Thumbhash = new byte[24],
        };
        return image with
        {
            Derivatives = [.. DerivativeSpec.Defaults.Select(spec => new Derivative(
                spec.Kind, DerivativeName.Create(image, spec, "recipe"), spec.MaxWidth, spec.MaxHeight, 20_000, 85, spec.Format, "recipe"))],
        };
    }
}
