namespace ImageLibrary.Activities;

/// <summary>What rendering may take of the process that it happens in.</summary>
public record RenderSettings
{
    /// <summary><see cref="MemoryBudget"/> unless it is set.</summary>
    public const long DefaultMemoryBudget = 256L << 20;

    /// <summary>Estimated decode memory in flight in bytes.</summary>
    public long MemoryBudget { get; init; } = DefaultMemoryBudget;

    /// <summary>Files beyond this many bytes are no pictures; they are refused before they are read.</summary>
    public long MaxFileBytes { get; init; } = 1L << 30;

    /// <summary>Larger files are rendered in the helper process, in bytes.</summary>
    public long IsolatedFileBytes { get; init; } = 128L << 20;

    /// <summary>Longest time for one picture.</summary>
    public TimeSpan PictureDeadline { get; init; } = TimeSpan.FromSeconds(30);
}
