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
