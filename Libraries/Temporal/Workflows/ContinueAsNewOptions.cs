using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>What a continued run takes over or changes; null keeps the current run's value.</summary>
public class ContinueAsNewOptions : ICloneable
{
    /// <summary>Task queue of the new run.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>Limit of the new run.</summary>
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>Limit of one workflow task.</summary>
    public TimeSpan? TaskTimeout { get; set; }

    /// <summary>How long the new run waits before its first task.</summary>
    public TimeSpan? BackoffStartInterval { get; set; }

    /// <summary>Retry policy of the new run.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>Memo of the new run.</summary>
    public IReadOnlyDictionary<string, object>? Memo { get; set; }

    /// <summary>Search attributes of the new run.</summary>
    public SearchAttributeCollection? TypedSearchAttributes { get; set; }

    /// <summary>Which worker versions may take it (the older build id scheme).</summary>
    [Obsolete("Worker deployments replace build id versioning")]
    public VersioningIntent VersioningIntent { get; set; } = VersioningIntent.Unspecified;

    /// <summary>Which worker version the new run starts on.</summary>
    public InitialVersioningBehavior? InitialVersioningBehavior { get; set; }

    /// <summary>Copies these options; the retry policy is copied too.</summary>
    public virtual object Clone()
    {
        var copy = (ContinueAsNewOptions)MemberwiseClone();
        copy.RetryPolicy = RetryPolicy is { } policy ? policy with { } : null;
        return copy;
    }
}
