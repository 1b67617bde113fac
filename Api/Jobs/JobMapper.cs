using System.Text.Json;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Jobs;

/// <summary>Makes the job that the REST interface shows of the one in the store: adds rate, remaining time and forecast.</summary>
/// <param name="time">Clock for rates.</param>
public sealed class JobMapper(TimeProvider time)
{
    private const long ForecastAfter = 500;
    private const double Margin = 0.1;

    private readonly JobRates _rates = new(time);

    /// <summary>Maps a job.</summary>
    /// <param name="job">The job as the store has it.</param>
    public JobDto Map(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var images = job.Images;
        var done = images.Done;
        // What is up to date costs nothing, so it tells nothing of the time that the rest takes.
        var worked = done - images.Skipped;
        // Plan and batches are recorded by different updates; progress must not pass 100 % in between.
        var total = Math.Max(images.Total, done);
        var expected = Expected(job, total);
        var (recent, average) = _rates.Observe(job, worked);
        return new JobDto
        {
            Id = job.Id,
            WorkflowId = job.WorkflowId,
            Type = job.Type,
            State = job.State,
            Waiting = job.Waiting is { } waiting ? new JobWaitingDto(waiting.Reason, waiting.Until, waiting.Detail) : null,
            LibraryId = job.LibraryId,
            CollectionId = job.CollectionId,
            StartedAt = job.StartedAt,
            UpdatedAt = job.UpdatedAt,
            EndedAt = job.EndedAt,
            Stage = job.Stage,
            CurrentFolder = job.CurrentFolder,
            Collections = new JobCollectionsDto(job.Collections.Total, job.Collections.Done, job.Collections.Skipped),
            Images = new JobImagesDto(total, images.Rendered, images.Reused, images.Skipped, images.Failed, expected),
            Changes = new JobChangesDto(images.Added, images.Changed, images.Moved, images.Removed, images.Unchanged),
            BytesRead = images.BytesRead,
            BytesWritten = images.BytesWritten,
            ImagesPerSecond = Math.Round(recent, 2),
            EtaSeconds = Remaining(job, expected - done, recent, average),
            Forecast = Forecast(job, worked, expected - done, average),
            FailuresByClass = images.FailuresByClass.ToDictionary(
                pair => JsonNamingPolicy.CamelCase.ConvertName(pair.Key.ToString()), pair => pair.Value),
            Error = job.Error,
        };
    }

    // The images of a collection are counted when its turn comes; until then it is taken for one like the others.
    private static long Expected(Job job, long total)
    {
        var counted = job.Collections.Done + job.Collections.Skipped + job.OpenCollections;
        return job.Ended || counted == 0 || counted >= job.Collections.Total
            ? total
            : (long)(total * (double)job.Collections.Total / counted);
    }

    private static SecondsRangeDto? Remaining(Job job, long remaining, double recent, double average)
    {
        if (job.State is not JobState.Running || job.Stage == JobStage.Discovering || recent <= 0 || average <= 0)
        {
            return null;
        }
        var low = remaining / Math.Max(recent, average) * (1 - Margin);
        var high = remaining / Math.Min(recent, average) * (1 + Margin);
        return new SecondsRangeDto(Math.Round(low), Math.Round(high));
    }

    private static JobForecastDto? Forecast(Job job, long worked, long remaining, double average)
    {
        var rendered = job.Images.Rendered;
        if (job.Ended || rendered < ForecastAfter || average <= 0)
        {
            return null;
        }
        var bytes = job.Images.BytesWritten + (job.Images.BytesWritten / (double)rendered * remaining);
        return new JobForecastDto((long)bytes, Math.Round((worked + remaining) / average));
    }
}
