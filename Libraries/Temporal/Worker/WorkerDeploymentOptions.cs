using Temporalio.Common;

namespace Temporalio.Worker;

/// <summary>How a worker takes part in a worker deployment.</summary>
public class WorkerDeploymentOptions : ICloneable
{
    /// <summary>Creates empty options.</summary>
    public WorkerDeploymentOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="version">Version of this worker.</param>
    /// <param name="useWorkerVersioning">Whether tasks are routed by version.</param>
    public WorkerDeploymentOptions(WorkerDeploymentVersion version, bool useWorkerVersioning)
    {
        Version = version;
        UseWorkerVersioning = useWorkerVersioning;
    }

    /// <summary>Version of this worker.</summary>
    public WorkerDeploymentVersion? Version { get; set; }

    /// <summary>Whether tasks are routed by version.</summary>
    public bool UseWorkerVersioning { get; set; }

    /// <summary>Behaviour of workflows that name none.</summary>
    public VersioningBehavior DefaultVersioningBehavior { get; set; }

    /// <inheritdoc />
    public virtual object Clone() => MemberwiseClone();
}
