using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>Options of a hosted worker.</summary>
public class TemporalWorkerServiceOptions : TemporalWorkerOptions
{
    private const string VersionSeparator = "\n";

    /// <summary>Creates options without a task queue.</summary>
    public TemporalWorkerServiceOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="taskQueue">The task queue.</param>
    public TemporalWorkerServiceOptions(string taskQueue)
        : base(taskQueue)
    {
    }

    /// <summary>How the worker connects, null to use the host's client.</summary>
    public TemporalClientConnectOptions? ClientOptions { get; set; }

    /// <summary>Replaces the running worker's client, null for never.</summary>
    public TemporalWorkerClientUpdater? WorkerClientUpdater { get; set; }

    /// <inheritdoc />
    public override object Clone()
    {
        var copy = (TemporalWorkerServiceOptions)base.Clone();
        copy.ClientOptions = (TemporalClientConnectOptions?)ClientOptions?.Clone();
        return copy;
    }

    /// <summary>The name under which the options of a worker are kept.</summary>
    internal static string Name(string taskQueue, string? version) => version == null ? taskQueue : taskQueue + VersionSeparator + version;
}
