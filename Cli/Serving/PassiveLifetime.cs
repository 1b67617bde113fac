using Microsoft.Extensions.Hosting;

namespace ImageLibrary.Cli.Serving;

/// <summary>Leaves signals to <see cref="StopSignals"/>: parts that stop by themselves would stop in the wrong order.</summary>
internal sealed class PassiveLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
