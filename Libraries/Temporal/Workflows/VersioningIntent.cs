namespace Temporalio.Workflows;

/// <summary>Which worker versions a command may go to (the older build id scheme).</summary>
[Obsolete("Worker deployments replace build id versioning")]
public enum VersioningIntent
{
    /// <summary>The server decides.</summary>
    Unspecified,

    /// <summary>Stay with a compatible version.</summary>
    Compatible,

    /// <summary>Use the queue's current default version.</summary>
    CurrentDefault,
}
