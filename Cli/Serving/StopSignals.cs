using System.Runtime.InteropServices;

namespace ImageLibrary.Cli.Serving;

/// <summary>Waits for SIGINT or SIGTERM. Repeats change nothing: a terminal and a supervisor may both send one.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource<PosixSignal> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() =>
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];

    /// <summary>The first signal.</summary>
    public Task<PosixSignal> Stopped => _stopped.Task;

    /// <summary>Stops as a signal would.</summary>
    public void Stop() => _stopped.TrySetResult(PosixSignal.SIGTERM);

    /// <summary>Lets work run to its end; a signal stops it.</summary>
    /// <param name="work">The work; it ends soon after its token is cancelled.</param>
    /// <param name="cancellationToken">Stops the work as well.</param>
    /// <returns>The exit code of the work, or of its interruption.</returns>
    public async Task<int> GuardAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = work(stop.Token);
        if (await Task.WhenAny(running, Stopped) == running)
        {
            return await running;
        }
        await stop.CancelAsync();
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCodes.Of(await Stopped);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stopped.TrySetResult(context.Signal);
    }
}
