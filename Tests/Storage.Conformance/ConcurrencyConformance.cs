using System.Diagnostics;
using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Many writers and readers at once, and big collections.</summary>
public abstract class ConcurrencyConformance(IStoreHarness harness) : StoreConformance(harness)
{
    [Fact]
    public async Task RecordBatch_FromManyTasks_LosesNothing()
    {
        var collections = await DiscoverAsync(JobId, [.. Enumerable.Range(0, 8).Select(number => $"c{number}")]);
        await Task.WhenAll(collections.SelectMany(collection => new[] { 1, 2 }.Select(lane => Task.Run(async () =>
        {
            for (var number = 1; number <= 10; number++)
            {
                ImageRecord[] images = [.. Enumerable.Range(0, 5).Select(i => Samples.Ready(collection.Id, $"{lane}-{number}-{i}.jpg"))];
                Assert.True(await Store.RecordBatchAsync(new BatchRecord
                {
                    JobId = JobId,
                    CollectionId = collection.Id,
                    Lane = lane,
                    BatchNumber = number,
                    Counts = new ScanCounts { Rendered = number * 5 },
                    Images = images,
                }));
                Assert.InRange((await Store.GetJobAsync(JobId))!.Images.Rendered, number * 5, 800);
            }
        }))));
        Assert.Equal(800, (await Store.GetLibraryAsync(Samples.LibraryId))!.ImageCount);
        Assert.Equal(800, (await Store.GetJobAsync(JobId))!.Images.Rendered);
    }

    [Fact]
    public async Task GetJob_WhileCollectionsFold_NeverCountsTwice()
    {
        var collections = await DiscoverAsync(JobId, [.. Enumerable.Range(0, 60).Select(number => $"c{number}")]);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < collections.Count; i++)
            {
                await BatchAsync(JobId, collections[i].Id, 1, 1, Samples.Ready(collections[i].Id, "1.jpg"));
                await Store.FoldCollectionsAsync(new CollectionFold(
                    JobId, i, new CollectionCounts(Done: i + 1), new ScanCounts { Rendered = i + 1 }, [collections[i].Id]));
            }
        });
        var last = 0L;
        while (!writing.IsCompleted)
        {
            var job = (await Store.GetJobAsync(JobId))!;
            Assert.InRange(job.Images.Rendered, Math.Max(last, job.Collections.Done), job.Collections.Done + 1);
            last = job.Images.Rendered;
        }
        await writing;
        Assert.Equal(60, (await Store.GetJobAsync(JobId))!.Images.Rendered);
    }

    [Fact]
    public async Task Cancellation_BeforeTheWriteBegins_WritesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.SetPauseAllAsync(true, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.GetJobAsync(JobId, cancelled.Token));
        Assert.False(await Store.GetPauseAllAsync());
    }

    [Fact]
    public async Task ListImages_OfBigCollection_PagesStayQuick()
    {
        var count = Harness.Size.Images;
        const int page = 1_000;
        var id = (await DiscoverAsync(JobId, "big"))[0].Id;
        for (var first = 0; first < count; first += 5_000)
        {
            var counted = first + 5_000;
            await Store.RecordPlanAsync(new PlanRecord
            {
                JobId = JobId,
                CollectionId = id,
                Page = counted,
                Counts = new ScanCounts { Total = counted },
                Images = [.. Enumerable.Range(first, 5_000).Select(number => Samples.Pending(id, $"picture {number}.jpg", JobId))],
            });
        }
        Assert.Equal(count, (await Store.GetCollectionAsync(id))!.ImageCount);
        // Each page's best of three: a busy machine may hold one up, but not the same one every time.
        var best = Enumerable.Repeat(TimeSpan.MaxValue, count / page).ToArray();
        for (var pass = 0; pass < 3; pass++)
        {
            string? cursor = null;
            for (var number = 0; number < best.Length; number++)
            {
                var started = Stopwatch.GetTimestamp();
                var items = await Store.ListImagesAsync(id, new PageRequest(page, cursor));
                best[number] = TimeSpan.FromTicks(Math.Min(best[number].Ticks, Stopwatch.GetElapsedTime(started).Ticks));
                Assert.Equal((page, $"picture {number * page}.jpg"), (items.Items.Count, items.Items[0].Path));
                cursor = items.NextCursor;
            }
            Assert.Null(cursor);
        }
        // Some 10 ms on an idle machine; the bound only tells a page that reads its predecessors from one that does not.
        Assert.True(best.Max() < TimeSpan.FromSeconds(1), $"the slowest page took {best.Max().TotalMilliseconds:F0} ms");
    }
}
