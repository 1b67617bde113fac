using System.Text.Json;
using ImageLibrary.Api.Json;
using ImageLibrary.Api.Jobs;
using Spectre.Console;

namespace ImageLibrary.Cli.Remote;

/// <summary>Prints what a server answered: one JSON object a line, or words.</summary>
internal static class Output
{
    public static void Write<T>(T value, bool json, Func<T, string> words) =>
        Console.WriteLine(json ? JsonSerializer.Serialize(value, ApiJson.Options) : words(value));

    /// <summary>Follows a job to its end: a progress bar on a terminal, plain lines otherwise.</summary>
    public static async Task<JobDto?> FollowAsync(IAsyncEnumerable<JobDto> changes, bool json)
    {
        JobDto? last = null;
        if (json || Console.IsOutputRedirected)
        {
            await foreach (var job in changes)
            {
                Write(job, json, JobText.Line);
                last = job;
                if (job.EndedAt is not null)
                {
                    break;
                }
            }
            return last;
        }
        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("…");
                await foreach (var job in changes)
                {
                    // While folders are still being found, the end is unknown and a share of it means nothing.
                    bar.IsIndeterminate = job.Images.Total == 0;
                    bar.MaxValue = Math.Max(job.Images.Total, 1);
                    bar.Value = JobText.Done(job);
                    bar.Description = Markup.Escape(job.Waiting?.Detail ?? $"{JobText.Word(job.State)} {job.CurrentFolder}");
                    last = job;
                    if (job.EndedAt is not null)
                    {
                        break;
                    }
                }
            });
        return last;
    }

    public static int ExitCode(JobDto? job) => job?.State switch
    {
        Core.JobState.Completed => ExitCodes.Done,
        Core.JobState.CompletedWithFailures => ExitCodes.DoneWithFailures,
        _ => ExitCodes.Failed,
    };
}
