using System.Globalization;
using System.Text.Json;
using ImageLibrary.Api.Json;
using ImageLibrary.Core;
using Spectre.Console;

namespace ImageLibrary.Cli.Copying;

/// <summary>Shows how far a copy is: a bar on a terminal, else a line a second, or JSON.</summary>
internal sealed class CopyConsole(bool json, ProgressTask? bar, TimeProvider time) : IProgress<StoreCopyProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private StoreCopyStage? _stage;
    private long _shown;

    public static async Task<StoreCopyResult> RunAsync(bool json, Func<IProgress<StoreCopyProgress>, Task<StoreCopyResult>> copy)
    {
        if (json || !TerminalProgress.CanShow)
        {
            return await copy(new CopyConsole(json, null, TimeProvider.System));
        }
        return await TerminalProgress.Create().StartAsync(
            progress => copy(new CopyConsole(json, progress.AddTask("…"), TimeProvider.System)));
    }

    public void Report(StoreCopyProgress value)
    {
        if (bar is not null)
        {
            bar.MaxValue = Math.Max(value.TotalImages, 1);
            bar.Value = value.Images;
            bar.Description = Word(value.Stage);
        }
        else if (_stage != value.Stage || time.GetElapsedTime(_shown) >= Interval)
        {
            _stage = value.Stage;
            _shown = time.GetTimestamp();
            Console.WriteLine(json
                ? JsonSerializer.Serialize(new CopyProgressEvent("progress", value.Stage, value.Images, value.TotalImages), ApiJson.Options)
                : string.Create(CultureInfo.InvariantCulture, $"{Word(value.Stage)} {value.Images:N0} of {value.TotalImages:N0} images"));
        }
    }

    public static void Summarize(StoreCopyResult result, bool json) => Console.WriteLine(json
        ? JsonSerializer.Serialize(
            new CopySummaryEvent(
                "summary", result.Libraries, result.Collections, result.Images, result.Jobs, result.Failures, result.WrittenImages, result.Checksum),
            ApiJson.Options)
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Both stores hold {result.Libraries:N0} libraries, {result.Collections:N0} collections, {result.Images:N0} images, {result.Jobs:N0} jobs and {result.Failures:N0} failures; {result.WrittenImages:N0} images were written now. SHA-256 {result.Checksum}"));

    private static string Word(StoreCopyStage stage) => stage == StoreCopyStage.Copying ? "Copying" : "Verifying";

    private sealed record CopyProgressEvent(string Event, StoreCopyStage Stage, long Images, long TotalImages);

    private sealed record CopySummaryEvent(
        string Event, long Libraries, long Collections, long Images, long Jobs, long Failures, long WrittenImages, string Checksum);
}
