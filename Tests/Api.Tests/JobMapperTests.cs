using ImageLibrary.Api.Jobs;
using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>What is told of a job's speed.</summary>
public sealed class JobMapperTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Map_JobThatMostlyFindsPicturesUpToDate_GoesAsFastAsItRenders()
    {
        var time = new SteppedTime { Now = Start };
        var mapper = new JobMapper(time);
        mapper.Map(Running(rendered: 0, skipped: 0));
        time.Now = Start.AddSeconds(10);

        var job = mapper.Map(Running(rendered: 100, skipped: 4000));

        Assert.Equal(10, job.ImagesPerSecond);
        Assert.Equal((81, 99), (job.EtaSeconds!.Low, job.EtaSeconds.High));
    }

    [Fact]
    public void Map_JobLongEnoughForAForecast_CountsWhatIsLeftAndNotWhatWasUpToDate()
    {
        var time = new SteppedTime { Now = Start.AddSeconds(100) };

        var forecast = new JobMapper(time).Map(Running(rendered: 1000, skipped: 1000)).Forecast!;

        Assert.Equal(400, forecast.Seconds);
        Assert.Equal(4000, forecast.Bytes);
    }

    [Theory]
    [InlineData(0, 0, 0, 0, 100)]
    [InlineData(12, 0, 0, 4, 300)]
    [InlineData(12, 2, 2, 1, 240)]
    [InlineData(12, 2, 6, 4, 100)]
    public void Map_JobWithCollectionsThatAreNotCountedYet_ExpectsThemToBeLikeTheOthers(int total, int done, int skipped, int open, int expected)
    {
        var time = new SteppedTime { Now = Start.AddSeconds(10) };
        var running = Running(rendered: 10, skipped: 0);
        var job = new JobMapper(time).Map(running with
        {
            Collections = new CollectionCounts(total, done, skipped),
            OpenCollections = open,
            Images = running.Images with { Total = 100 },
        });

        Assert.Equal((100, expected), (job.Images.Total, job.Images.Expected));
        Assert.Equal((Math.Round((expected - 10) * 0.9), Math.Round((expected - 10) * 1.1)), (job.EtaSeconds!.Low, job.EtaSeconds.High));
        Assert.Equal(100, new JobMapper(time).Map(running with
        {
            State = JobState.Cancelled,
            Collections = new CollectionCounts(total, done, skipped),
            Images = running.Images with { Total = 100 },
        }).Images.Expected);
    }

    private static Job Running(int rendered, int skipped) => new()
    {
        Id = "job",
        WorkflowId = "library-scan/library",
        Type = JobType.Scan,
        State = JobState.Running,
        Stage = JobStage.Rendering,
        StartedAt = Start,
        UpdatedAt = Start,
        LibraryId = "library",
        Images = new ScanCounts { Total = 5000, Rendered = rendered, Skipped = skipped, BytesWritten = rendered },
    };

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
