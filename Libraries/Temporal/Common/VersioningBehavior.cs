namespace Temporalio.Common;

/// <summary>What happens to a running workflow when the worker deployment's current version changes.</summary>
public enum VersioningBehavior
{
    /// <summary>Not decided.</summary>
    Unspecified = Api.Enums.V1.VersioningBehavior.Unspecified,

    /// <summary>The workflow stays on the version that started it.</summary>
    Pinned = Api.Enums.V1.VersioningBehavior.Pinned,

    /// <summary>The workflow moves to the current version.</summary>
    AutoUpgrade = Api.Enums.V1.VersioningBehavior.AutoUpgrade,
}
