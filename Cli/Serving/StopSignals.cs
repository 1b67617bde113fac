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
