namespace ImageLibrary.Workflows;

/// <summary>Limits of one run of a workflow; where they are reached, the next run goes on.</summary>
public static class RunLimits
{
    /// <summary>History events after which a run starts nothing new. The server warns at 10,240 and ends a run at 51,200.</summary>
    public const int Events = 2_000;

    /// <summary>Images in one batch.</summary>
    public const int BatchImages = 50;

    /// <summary>Most collections in work at once.</summary>
    public const int MaxConcurrency = 64;
}
