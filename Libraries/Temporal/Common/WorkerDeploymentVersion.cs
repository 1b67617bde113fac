namespace Temporalio.Common;

/// <summary>A version of a worker deployment.</summary>
/// <param name="DeploymentName">Name of the deployment.</param>
/// <param name="BuildId">Build of its workers.</param>
public sealed record WorkerDeploymentVersion(string DeploymentName, string BuildId)
{
    /// <summary>Reads the form <c>deployment.build</c>.</summary>
    /// <param name="canonical">The text.</param>
    /// <returns>The version.</returns>
    /// <exception cref="ArgumentException">The text has another form.</exception>
    public static WorkerDeploymentVersion FromCanonicalString(string canonical) =>
        canonical.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot
            ? new(canonical[..dot], canonical[(dot + 1)..])
            : throw new ArgumentException($"Cannot parse version string: {canonical}, must be in format <deployment_name>.<build_id>", nameof(canonical));

    /// <summary>Writes the form <c>deployment.build</c>.</summary>
    /// <returns>The text.</returns>
    public string ToCanonicalString() => $"{DeploymentName}.{BuildId}";
}
