using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Jobs: state, counts, changes, failures.</summary>
public abstract class JobConformance(IStoreHarness harness) : StoreConformance(harness)
{
    [Fact]
    public async Task AddJob_Known_StaysAsItIs()
    {
        await Store.UpdateJobAsync(JobId, new JobChange { State = JobState.Paused });
        await Store.AddJobAsync(Samples.Job(JobId) with { Error = "other" });
        var job = (await Store.GetJobAsync(JobId))!;
        Assert.Equal((JobState.Paused, null), (job.State, job.Error));
        Equal.Values(Samples.Job("x"), await AddedAsync(Samples.Job("x")));
        Assert.Null(await Store.GetJobAsync("unknown"));

        async Task<Job?> AddedAsync(Job added)
        {
            await Store.AddJobAsync(added);
            return await Store.GetJobAsync(added.Id);
        }
    }

    [Fact]
    public async Task UpdateJob_NullValues_StayAsTheyAre()
    {
        var waiting = new JobWaiting(WaitingReason.DiskFull, Samples.Moment.AddHours(1), "No space.");
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await Store.UpdateJobAsync(JobId, new JobChange { State = JobState.Waiting, Waiting = waiting, CurrentFolder = "a", Stage = JobStage.Rendering }));
        Assert.True(await Store.UpdateJobAsync(JobId, new JobChange { CurrentFolder = "b" }));
        var expected = Samples.Job(JobId) with
        {
            State = JobState.Waiting,
            Waiting = waiting,
            CurrentFolder = "b",
            Stage = JobStage.Rendering,
            UpdatedAt = Time.GetUtcNow(),
        };
        Equal.Values(expected, await Store.GetJobAsync(JobId));
        await Store.UpdateJobAsync(JobId, new JobChange { State = JobState.Running });
        Equal.Values(expected with { State = JobState.Running, Waiting = null }, await Store.GetJobAsync(JobId));
    }

    [Fact]
    public async Task UpdateJob_OnlyFrom_RefusesOtherStates()
    {
        await Store.UpdateJobAsync(JobId, new JobChange { State = JobState.Paused });
        Assert.False(await Store.UpdateJobAsync(JobId, new JobChange { State = JobState.Pausing, OnlyFrom = [JobState.Running, JobState.Waiting] }));
        Assert.Equal(JobState.Paused, (await Store.GetJobAsync(JobId))!.State);
        Assert.True(await Store.UpdateJobAsync(JobId, new JobChange { State = JobState.Cancelling, OnlyFrom = [JobState.Paused] }));
        Assert.False(await Store.UpdateJobAsync("unknown", new JobChange { State = JobState.Paused }));
    }

    [Fact]
    public async Task UpdateJob_Ended_NeverChangesAgain()
    {
        var collection = (await DiscoverAsync(JobId, "a"))[0].Id;
        await BatchAsync(JobId, collection, 1, 1, Samples.Ready(collection, "1.jpg"));
        Assert.True(await Store.UpdateJobAsync(JobId, new JobChange { State = JobState.Cancelled, EndedAt = Samples.Moment, CurrentFolder = "a" }));
        var ended = (await Store.GetJobAsync(JobId))!;
        Assert.Equal((null, 1L), (ended.CurrentFolder, ended.Images.Rendered));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await Store.UpdateJobAsync(JobId, new JobChange { State = JobState.Running }));
        await BatchAsync(JobId, collection, 1, 2, Samples.Ready(collection, "2.jpg"));
        await BatchAsync(JobId, collection, 2, 1, Samples.Ready(collection, "3.jpg"));
        Assert.False(await Store.FoldCollectionsAsync(new CollectionFold(JobId, 1, new CollectionCounts(5), new ScanCounts(), [])));
        Equal.Values(ended, await Store.GetJobAsync(JobId));
        Assert.Equal(3, (await Store.GetCollectionAsync(collection))!.ImageCount);
    }

    [Fact]
    public async Task GetJob_OpenCollections_AddTheirLanes()
    {
        var ids = (await DiscoverAsync(JobId, "a", "b")).Select(collection => collection.Id).ToArray();
        await PlanAsync(JobId, ids[0], 1, Samples.Pending(ids[0], "1.jpg", JobId), Samples.Pending(ids[0], "2.jpg", JobId));
        await BatchAsync(JobId, ids[0], 1, 1, Samples.Ready(ids[0], "1.jpg"));
        await BatchAsync(JobId, ids[0], 2, 1, Samples.Ready(ids[0], "2.jpg"));
        await PlanAsync(JobId, ids[1], 1, Samples.Pending(ids[1], "1.jpg", JobId));
        var job = (await Store.GetJobAsync(JobId))!;
        Assert.Equal((2, 3, 2), (job.OpenCollections, job.Images.Total, job.Images.Rendered));
        Equal.Values(job, (await Store.ListJobsAsync(new JobQuery(), new PageRequest())).Items[0]);
        await Store.FoldCollectionsAsync(new CollectionFold(JobId, 1, new CollectionCounts(2, 1), new ScanCounts { Total = 2, Rendered = 2 }, [ids[0]]));
        job = (await Store.GetJobAsync(JobId))!;
        Assert.Equal((1, 3, 2), (job.OpenCollections, job.Images.Total, job.Images.Rendered));
    }

    [Fact]
    public async Task FoldCollections_EndedOnes_CountOnce()
    {
        var id = (await DiscoverAsync(JobId, "a"))[0].Id;
        await PlanAsync(JobId, id, 1, Samples.Pending(id, "1.jpg", JobId));
        await BatchAsync(JobId, id, 1, 1, Samples.Ready(id, "1.jpg"));
        var counts = new ScanCounts { Total = 1, Rendered = 1, BytesWritten = 1L << 40 };
        counts = counts with { FailuresByClass = counts.FailuresByClass.Add(FailureClass.Corrupt, 2).Add(FailureClass.Empty, 1) };
        var fold = new CollectionFold(JobId, 5, new CollectionCounts(3, 1, 2), counts, [id]);
        var transactions = Harness.WriteTransactions(Store);
        Assert.True(await Store.FoldCollectionsAsync(fold));
        Assert.Equal(transactions + 1, Harness.WriteTransactions(Store));
        Assert.True(await Store.FoldCollectionsAsync(fold));
        Assert.False(await Store.FoldCollectionsAsync(fold with { Sequence = 4, Images = new ScanCounts() }));
        var job = (await Store.GetJobAsync(JobId))!;
        Equal.Values(counts, job.Images);
        Assert.Equal(new CollectionCounts(3, 1, 2), job.Collections);
    }

    [Fact]
    public async Task FoldCollections_LateRepeatOfABatch_DoesNotCountAgain()
    {
        var id = (await DiscoverAsync(JobId, "a"))[0].Id;
        await BatchAsync(JobId, id, 1, 1, Samples.Ready(id, "1.jpg"));
        await Store.FoldCollectionsAsync(new CollectionFold(JobId, 1, new CollectionCounts(1, 1), new ScanCounts { Rendered = 1 }, [id]));
        Assert.False(await BatchAsync(JobId, id, 1, 1, Samples.Failed(id, "1.jpg")));
        Assert.Equal(1, (await Store.GetJobAsync(JobId))!.Images.Rendered);
        Equal.Values(new LaneProgress(1, new ScanCounts()), await Store.GetLaneAsync(JobId, id, 1));
    }

    [Fact]
    public async Task GetLane_ReturnsNewestBatch()
    {
        var id = (await DiscoverAsync(JobId, "a"))[0].Id;
        Assert.Null(await Store.GetLaneAsync(JobId, id, 2));
        await BatchAsync(JobId, id, 2, 1, Samples.Ready(id, "1.jpg"));
        await BatchAsync(JobId, id, 2, 7, Samples.Ready(id, "2.jpg"), Samples.Ready(id, "3.jpg"));
        Equal.Values(new LaneProgress(7, new ScanCounts { Rendered = 2 }), await Store.GetLaneAsync(JobId, id, 2));
        Assert.Null(await Store.GetLaneAsync("other", id, 2));
    }

    [Fact]
    public async Task ListJobs_Filters_NewestFirst()
    {
        await Store.AddJobAsync(Samples.Job("job-2", startedAt: Samples.Moment.AddHours(1)) with { Type = JobType.Verify });
        await Store.AddJobAsync(Samples.Job("job-3", "other", Samples.Moment.AddHours(2)) with { State = JobState.Failed });
        Assert.Equal(["job-3", "job-2", JobId], (await AllAsync(page => Store.ListJobsAsync(new JobQuery(), page), 1)).Select(job => job.Id));
        Assert.Equal(["job-2"], await IdsAsync(new JobQuery(Type: JobType.Verify)));
        Assert.Equal(["job-3"], await IdsAsync(new JobQuery(State: JobState.Failed)));
        Assert.Equal(["job-2", JobId], await IdsAsync(new JobQuery(LibraryId: Samples.LibraryId)));
        Assert.Equal(["job-2", JobId], await IdsAsync(new JobQuery(Open: true)));
        Assert.Equal(["job-3"], await IdsAsync(new JobQuery(Open: false)));
        Assert.Equal("job-2", (await Store.GetNewestJobAsync($"library-scan/{Samples.LibraryId}"))!.Id);
        Assert.Null(await Store.GetNewestJobAsync("unknown"));

        async Task<IEnumerable<string>> IdsAsync(JobQuery query) => (await Store.ListJobsAsync(query, new PageRequest())).Items.Select(job => job.Id);
    }

    [Fact]
    public async Task ListJobChanges_AfterPosition_HasEveryChange()
    {
        await Store.AddJobAsync(Samples.Job("ended") with { State = JobState.Completed });
        var start = await Store.ListJobChangesAsync(null);
        Assert.Equal([JobId], start.Jobs.Select(job => job.Id));
        Assert.Empty((await Store.ListJobChangesAsync(start.Position)).Jobs);
        var id = (await DiscoverAsync(JobId, "a"))[0].Id;
        await Store.AddJobAsync(Samples.Job("job-2"));
        await BatchAsync(JobId, id, 1, 1, Samples.Ready(id, "1.jpg"));
        var changes = await Store.ListJobChangesAsync(start.Position);
        Assert.Equal(["job-2", JobId], changes.Jobs.Select(job => job.Id));
        Assert.Equal(1, changes.Jobs[1].Images.Rendered);
        await Store.UpdateJobAsync("job-2", new JobChange { State = JobState.Completed });
        await ReopenAsync();
        Assert.Equal(["job-2"], (await Store.ListJobChangesAsync(changes.Position)).Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task Failures_SamePath_OverwriteAndAreListedByPath()
    {
        await Store.AddFailuresAsync(JobId, [Samples.Failure("b/10.jpg"), Samples.Failure("b/9.jpg"), Samples.Failure("a")]);
        await Store.AddFailuresAsync(JobId, [Samples.Failure("b/9.jpg", FailureClass.Empty)]);
        await Store.AddFailuresAsync(JobId, [Samples.Failure("b/9.jpg", FailureClass.Timeout, "second entry of that name")]);
        var failures = await AllAsync(page => Store.ListFailuresAsync(JobId, page), 1);
        Assert.Equal(["a", "b/9.jpg", "b/9.jpg", "b/10.jpg"], failures.Select(failure => failure.Path));
        Equal.Values(Samples.Failure("b/9.jpg", FailureClass.Empty), failures[1]);
        Assert.Empty((await Store.ListFailuresAsync("other", new PageRequest())).Items);
    }
}
