using CsCheck;
using ImageLibrary.Activities;
using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Activities.Planning;

public sealed class ImagePlannerTests
{
    private static readonly DerivativeRecipe Recipe = new(DerivativeSpec.Defaults[0], "r1");

    private static readonly Gen<Dictionary<string, (long Size, long Modified)>> Disk =
        Gen.Select(Gen.Int[0, 40], Gen.Long[1, 3], Gen.Long[1, 3])
            .List[0, 120]
            .Select(files => files.GroupBy(file => file.Item1).ToDictionary(
                group => $"p{group.Key}.jpg", group => (group.First().Item2, group.First().Item3)));

    [Fact]
    public void Plan_AnyDiskAndStore_CountsEveryListedImageOnceAndPlansWhatDiffers()
    {
        Gen.Select(Disk, Disk, Gen.Bool).Sample((now, before, removed) =>
        {
            var known = Known(before, removed);
            var plan = Planner().Plan(Listed(now), known);
            var differs = now.Where(file => !before.TryGetValue(file.Key, out var old) || old != file.Value).ToList();

            Assert.Equal(now.Count, plan.Counts.Total);
            Assert.Equal(differs.Count, plan.Ranges.Sum(range => range.Images));
            Assert.Equal(now.Count - differs.Count, plan.Counts.Skipped);
            Assert.Equal(removed ? 0 : before.Keys.Except(now.Keys).Count(), plan.Candidates);
            Assert.All(plan.Ranges, range => Assert.InRange(range.Images, 1, 50));
        });
    }

    [Fact]
    public void Plan_SamePageAgain_LeadsToTheSamePlan()
    {
        Gen.Select(Disk, Disk).Sample((now, before) =>
        {
            var known = Known(before, removed: false);
            var first = Planner().Plan(Listed(now), known);
            var second = Planner().Plan(Listed(now), Merge(known, first.Writes));

            Assert.Equal(first.Counts, second.Counts);
            Assert.Equal(first.Ranges.Select(range => range.Images), second.Ranges.Select(range => range.Images));
            Assert.Equal(first.Candidates, second.Candidates);
            Assert.Empty(second.Writes);
        });
    }

    [Fact]
    public void Plan_NothingChanged_WritesNothing()
    {
        Disk.Sample(files =>
        {
            var plan = Planner().Plan(Listed(files), Known(files, removed: false));

            Assert.Empty(plan.Writes);
            Assert.Empty(plan.Ranges);
            Assert.Equal(files.Count, plan.Counts.Unchanged);
        });
    }

    [Fact]
    public void Plan_RemovedImageReappears_IsRestoredWithoutWork()
    {
        var files = new Dictionary<string, (long, long)> { ["a.jpg"] = (1, 1) };

        var plan = Planner().Plan(Listed(files), Known(files, removed: true));

        Assert.Empty(plan.Ranges);
        var restored = Assert.Single(plan.Writes);
        Assert.Equal(ImageState.Ready, restored.State);
        Assert.Null(restored.RemovedByJobId);
    }

    [Fact]
    public void Plan_OverwriteTwiceInOneJob_RaisesGenerationOnce()
    {
        var files = new Dictionary<string, (long, long)> { ["a.jpg"] = (1, 1) };
        var planner = Planner(overwrite: true);

        var first = planner.Plan(Listed(files), Known(files, removed: false));
        var recorded = Assert.Single(first.Writes) with { PlannedByJobId = null };
        var second = planner.Plan(Listed(files), [recorded]);

        Assert.Equal(1, recorded.Generation);
        Assert.Equal(1, Assert.Single(second.Writes).Generation);
    }

    [Fact]
    public void Plan_StaleRecipe_IsCompletedWithoutCountingAsChanged()
    {
        var files = new Dictionary<string, (long, long)> { ["a.jpg"] = (1, 1) };
        var known = Known(files, removed: false)[0];
        var stale = known with { Derivatives = [known.Derivatives[0] with { Recipe = "r0" }] };

        var plan = Planner().Plan(Listed(files), [stale]);

        Assert.Equal(PlannedWork.Complete, Assert.Single(plan.Writes).PlannedWork);
    }

    [Theory]
    [InlineData(1, 7, false)]
    [InlineData(1, 8, true)]
    [InlineData(2, 7, true)]
    public void Plan_SourceServedItself_HoldsWhileItIsTheOneRecorded(long bytes, long modified, bool stale)
    {
        var files = new Dictionary<string, (long, long)> { ["a.jpg"] = (1, 7) };
        var known = Known(files, removed: false)[0];
        var served = known with { Derivatives = [known.Derivatives[0] with { Bytes = bytes, OriginalModified = modified }] };

        var plan = Planner().Plan(Listed(files), [served]);

        Assert.Equal(stale ? 1 : 0, plan.Ranges.Sum(range => range.Images));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Plan_ChangedButNotRendered_IsPlannedAgainByTheNextJob(bool overwrite, bool awayMeanwhile)
    {
        var before = new Dictionary<string, (long, long)> { ["a.jpg"] = (1, 1) };
        var now = new Dictionary<string, (long, long)> { ["a.jpg"] = (2, 2) };

        // The job is cancelled before the batch; the record stays as planned.
        var left = Assert.Single(Planner("cancelled", overwrite).Plan(Listed(now), Known(before, removed: false)).Writes);
        if (awayMeanwhile)
        {
            left = Assert.Single(Planner("away").Plan([], [left]).Writes);
        }
        var next = Planner("next").Plan(Listed(now), [left]);

        Assert.Equal(1, next.Ranges.Sum(range => range.Images));
        Assert.Equal(PlannedWork.Changed, Assert.Single(next.Writes).PlannedWork);
    }

    [Fact]
    public void Plan_NewButNotRendered_IsPlannedAgainAsNew()
    {
        var files = new Dictionary<string, (long, long)> { ["a.jpg"] = (1, 1) };

        var left = Assert.Single(Planner("cancelled").Plan(Listed(files), []).Writes);
        var next = Planner("next", resume: false).Plan(Listed(files), [left]);

        Assert.Equal(1, next.Ranges.Sum(range => range.Images));
        Assert.Equal(PlannedWork.Added, Assert.Single(next.Writes).PlannedWork);
    }

    [Fact]
    public void Plan_FailedImageOfFormerJob_IsLeftWithoutResume()
    {
        var files = new Dictionary<string, (long, long)> { ["a.jpg"] = (1, 1) };
        var failed = Known(files, removed: false)[0] with { State = ImageState.Failed, Failure = ImageFailure.Of(FailureClass.IoError) };

        Assert.Empty(Planner(resume: false).Plan(Listed(files), [failed]).Ranges);
        Assert.NotEmpty(Planner().Plan(Listed(files), [failed]).Ranges);
    }

    private static ImagePlanner Planner(string job = "job", bool overwrite = false, bool resume = true) => new(new PlanRequest
    {
        JobId = job,
        LibraryId = "library",
        CollectionId = "collection",
        Recipes = [Recipe],
        ResumeIncomplete = resume,
        OverwriteExisting = overwrite,
    });

    private static List<ListedImage> Listed(Dictionary<string, (long Size, long Modified)> files) =>
        [.. files.Select(file => new ListedImage(file.Key, 0, file.Value.Size, file.Value.Modified, null))
            .OrderBy(image => image.SortKey, KeyOrder)];

    private static List<ImageRecord> Known(Dictionary<string, (long Size, long Modified)> files, bool removed) =>
        [.. files.Select(file => new ImageRecord
        {
            Id = StableId.ForImage("collection", file.Key),
            CollectionId = "collection",
            LibraryId = "library",
            Path = file.Key,
            SortKey = NaturalSortKey.Create(file.Key),
            SourceSize = file.Value.Size,
            SourceModified = file.Value.Modified,
            ContentHash = "hash",
            State = removed ? ImageState.Removed : ImageState.Ready,
            RemovedByJobId = removed ? "former" : null,
            Derivatives = [new Derivative(Recipe.Spec.Kind, "name", 1, 1, 1, 85, "jpeg", Recipe.Fingerprint)],
        }).OrderBy(image => image.SortKey, KeyOrder)];

    private static List<ImageRecord> Merge(List<ImageRecord> known, IReadOnlyList<ImageRecord> writes) =>
        [.. known.Where(image => writes.All(write => write.Id != image.Id)).Concat(writes).OrderBy(image => image.SortKey, KeyOrder)];

    private static readonly Comparer<byte[]> KeyOrder =
        Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));
}
