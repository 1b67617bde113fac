namespace Temporalio.Workflows;

/// <summary>Which worker version the first task of a continued run goes to.</summary>
public enum InitialVersioningBehavior
{
    /// <summary>The version of the current run, as its own behavior says.</summary>
    Unspecified,

    /// <summary>The current version of the deployment.</summary>
    AutoUpgrade,

    /// <summary>The ramping version of the deployment.</summary>
    UseRampingVersion,
}
