using System.Text.Json;
using ImageLibrary.Api.Json;
using ImageLibrary.Api.Jobs;

namespace ImageLibrary.Cli.Remote;

/// <summary>Prints what a server answered: one JSON object a line, or words.</summary>
internal static class Output
{
    public static void Write<T>(T value, bool json, Func<T, string> words) =>
        Console.WriteLine(json ? JsonSerializer.Serialize(value, ApiJson.Options) : TerminalText.Line(words(value)));

    /// <summary>Follows a job to its end: a progress bar on a terminal, plain lines otherwise.</summary>
    public static async Task<JobDto?> FollowAsync(IAsyncEnumerable<JobDto> changes, bool json)
    {
        await using var bars = !json && TerminalProgress.CanShow ? new JobBars() : null;
        await foreach (var job in changes)
        {
            if (bars is not null)
            {
                await bars.ShowAsync(job);
            }
            else
            {
                Write(job, json, JobText.Line);
            }
            if (job.EndedAt is not null)
            {
                await NoteProblemsAsync(job);
                return job;
            }
        }
        return null;
    }

    private static async Task NoteProblemsAsync(JobDto job)
    {
        if (job.Error is { } error)
        {
            await Console.Error.WriteLineAsync($"error: {error}");
        }
        if (job.FailuresByClass.Count > 0)
        {
            await Console.Error.WriteLineAsync($"note: failed: {JobText.Failures(job)}; `jobs failures {job.Id}` names each.");
        }
    }

    public static int ExitCode(JobDto? job) => job?.State switch
    {
        Core.JobState.Completed => ExitCodes.Done,
        Core.JobState.CompletedWithFailures => ExitCodes.DoneWithFailures,
        _ => ExitCodes.Failed,
    };
}
