namespace Temporalio.Extensions.Hosting;

/// <summary>Names a hosted worker.</summary>
/// <param name="TaskQueue">Its task queue.</param>
/// <param name="Version">Its build or deployment version, null for none.</param>
/// <param name="VersionIsBuildId">Whether the version is a build.</param>
public record TemporalWorkerServiceIdentifier(string TaskQueue, string? Version, bool VersionIsBuildId);
