using System.Runtime.InteropServices;
using ImageLibrary.Api.Jobs;
using Spectre.Console;

namespace ImageLibrary.Cli;

/// <summary>Jobs as progress bars on a terminal: a bar for each open job, a line when it has ended.</summary>
internal sealed class JobBars : IAsyncDisposable
{
    private readonly Dictionary<string, ProgressTask> _open = [];

    // Whatever ends the program, the terminal gets its cursor back.
    private readonly PosixSignalRegistration _interrupt =
        PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => TerminalProgress.Terminal.Cursor.Show());

    private Display? _display;

    /// <summary>Shows a job as it is now.</summary>
    /// <param name="job">The job.</param>
    /// <param name="title">What it works on; null where only one job is shown.</param>
    public async Task ShowAsync(JobDto job, string? title = null)
    {
        if (job.EndedAt is not null)
        {
            if (_open.Remove(job.Id, out var ended))
            {
                ended.StopTask();
            }
            TerminalProgress.Terminal.WriteLine(JobText.Titled(title, JobText.Line(job)));
            if (_open.Count == 0)
            {
                await EndAsync();
            }
            return;
        }
        _display ??= await Display.StartAsync();
        if (!_open.TryGetValue(job.Id, out var bar))
        {
            bar = _open[job.Id] = _display.Progress.AddTask("…");
        }
        var (done, total) = JobText.Share(job);
        // While folders are still being found, the end is unknown and a share of it means nothing.
        bar.IsIndeterminate = total == 0;
        bar.MaxValue = Math.Max(total, 1);
        bar.Value = done;
        bar.Description = Markup.Escape(JobText.Titled(title, JobText.Doing(job)));
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _interrupt.Dispose();
    }

    private async Task EndAsync()
    {
        if (_display is not null)
        {
            await _display.EndAsync();
            _display = null;
            _open.Clear();
        }
    }

    /// <summary>One stretch of live bars.</summary>
    private sealed record Display(ProgressContext Progress, TaskCompletionSource End, Task Running)
    {
        public static async Task<Display> StartAsync()
        {
            var started = new TaskCompletionSource<ProgressContext>(TaskCreationOptions.RunContinuationsAsynchronously);
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var running = TerminalProgress.Create().StartAsync(context =>
            {
                started.SetResult(context);
                return end.Task;
            });
            return new Display(await started.Task, end, running);
        }

        public Task EndAsync()
        {
            End.TrySetResult();
            return Running;
        }
    }
}
