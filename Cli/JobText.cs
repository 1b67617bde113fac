using System.Globalization;
using System.Text.Json;
using ImageLibrary.Api.Jobs;
using ImageLibrary.Core;

namespace ImageLibrary.Cli;

/// <summary>Jobs in words, for the terminal.</summary>
internal static class JobText
{
    public static string Line(JobDto job)
    {
        var waits = job.Waiting is { } waiting ? $"; it waits: {waiting.Detail}" : job.Error is { } error ? $": {error}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Word(job.Type)} {Word(job.State)}: {Progress(job)}{waits}");
    }

    /// <summary>A text about a job behind the name of what it works on; null where only one job is shown.</summary>
    public static string Titled(string? title, string text) => TerminalText.Line(title is null ? text : $"{title}: {text}");

    /// <summary>What an open job does just now, or why it does nothing.</summary>
    public static string Doing(JobDto job) =>
        TerminalText.Line(job.Waiting?.Detail ?? $"{Word(job.Type)} {Word(job.State)} {job.CurrentFolder}".TrimEnd());

    /// <summary>How much of what is known is done.</summary>
    public static (long Done, long Total) Share(JobDto job) => job.Type == JobType.Removal
        ? (job.Collections.Done, job.Collections.Total)
        : (Done(job), job.Images.Expected);

    /// <summary>How many pictures failed, and why.</summary>
    public static string Failures(JobDto job) =>
        string.Join(", ", job.FailuresByClass.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}"));

    private static string Progress(JobDto job)
    {
        var images = job.Images;
        if (images.Total == 0 && job.Changes.Removed == 0 && job is { Type: not JobType.Removal, State: JobState.Completed or JobState.CompletedWithFailures })
        {
            return "no pictures";
        }
        return job.Type == JobType.Removal
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{job.Collections.Done} of {job.Collections.Total} collections, {job.Changes.Removed} images")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(job.EndedAt is null && (job.Stage == JobStage.Discovering || images.Total == 0) ? $"{Done(job)} done, {images.Total} images found so far" : $"{Done(job)} of {Total(images)} images")} ({images.Rendered} rendered, {images.Reused} reused, {images.Skipped} up to date, {images.Failed} failed), {job.ImagesPerSecond:0.0}/s");
    }

    private static string Total(JobImagesDto images) =>
        string.Create(CultureInfo.InvariantCulture, $"{(images.Expected > images.Total ? "about " : "")}{images.Expected}");

    private static long Done(JobDto job) => job.Images.Rendered + job.Images.Reused + job.Images.Skipped + job.Images.Failed;

    /// <summary>A name as the REST interface spells it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
