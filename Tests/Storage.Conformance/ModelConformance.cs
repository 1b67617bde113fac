using CsCheck;
using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Random sequences of calls, each made twice at random, leave the store as a plain model in memory is.</summary>
public abstract class ModelConformance(IStoreHarness harness) : StoreConformance(harness)
{
    private static readonly Gen<StoreStep> Steps =
        from kind in Gen.Enum<StoreStepKind>()
        from job in Gen.Int[0, 1]
        from collection in Gen.Int[0, StoreModel.Paths.Length - 1]
        from number in Gen.Long[1, 4]
        from lane in Gen.Int[1, 2]
        from images in Gen.Select(Gen.Int[0, 4], Gen.Enum<StoreImageKind>()).Array[0, 4]
        from giver in Gen.Select(Gen.Int[0, StoreModel.Paths.Length - 1], Gen.Int[0, 4])
        from flag in Gen.Bool
        from twice in Gen.Bool
        select new StoreStep(kind, job, collection, number, lane, [.. images.DistinctBy(image => image.Item1)], giver, flag, twice);

    [Fact]
    public async Task Calls_InAnyOrder_LeaveWhatTheModelSays()
    {
        var run = 0;
        // One after another: the store is shared, and each sequence has a library of its own.
        await Steps.Array[1, 25].SampleAsync(
            async steps =>
            {
                var model = new StoreModel(Interlocked.Increment(ref run), Time.GetUtcNow());
                await Store.AddLibraryAsync(model.Library);
                await Store.AddJobAsync(Samples.Job(model.JobIds[0], model.Library.Id));
                await Store.AddJobAsync(Samples.Job(model.JobIds[1], model.Library.Id));
                foreach (var step in steps)
                {
                    await new StoreStepRunner(Store, model).RunAsync(step);
                }
                await CompareAsync(model);
            },
            iter: Harness.Size.Sequences,
            threads: 1);
    }

    private async Task CompareAsync(StoreModel model)
    {
        foreach (var expected in model.Images.Values)
        {
            Equal.Values(expected, await Store.GetImageAsync(expected.Id));
        }
        foreach (var path in StoreModel.Paths)
        {
            var id = model.CollectionId(path);
            var images = model.ImagesOf(id);
            var actual = await Store.GetCollectionAsync(id);
            Assert.Equal(model.LastSeen.GetValueOrDefault(id), actual?.LastSeenJobId);
            if (actual is null)
            {
                continue;
            }
            Assert.Equal(images.Count, actual.ImageCount);
            Assert.Equal(images.Count(StoreModel.Incomplete), actual.IncompleteCount);
            Assert.Equal(images.FirstOrDefault(image => image.State is ImageState.Ready or ImageState.Damaged)?.Id, actual.CoverImageId);
            Assert.Equal(images.Select(image => image.Id), (await AllAsync(page => Store.ListImagesAsync(id, page), 2)).Select(image => image.Id));
        }
        var library = (await Store.GetLibraryAsync(model.Library.Id))!;
        var known = StoreModel.Paths.Select(path => model.ImagesOf(model.CollectionId(path)).Count).ToList();
        Assert.Equal((known.Sum(), known.Count(count => count > 0)), (library.ImageCount, library.CollectionCount));
        Equal.Values(DerivativeSum.Of([.. model.Images.Values.SelectMany(image => image.Derivatives)]), library.Derivatives);
        foreach (var jobId in model.JobIds)
        {
            Equal.Values(model.CountsOf(jobId), (await Store.GetJobAsync(jobId))!.Images);
        }
    }
}
