namespace ImageLibrary.Archives;

/// <summary>What an archive may ask for at most; beyond it, it is taken for a bomb.</summary>
public sealed record ArchiveLimits
{
    /// <summary>Entries of an archive.</summary>
    public int MaxEntries { get; init; } = 100_000;

    /// <summary>Uncompressed bytes of an entry.</summary>
    public long MaxEntryBytes { get; init; } = 4L << 30;

    /// <summary>Uncompressed bytes of all entries together.</summary>
    public long MaxTotalBytes { get; init; } = 1L << 40;

    /// <summary>Uncompressed bytes for each compressed byte, beyond <see cref="RatioFreeBytes"/>.</summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>Uncompressed bytes of an entry up to which <see cref="MaxRatio"/> does not matter.</summary>
    public long RatioFreeBytes { get; init; } = 64L << 20;

    /// <summary>Checks that the limits make sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxEntries);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxEntryBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxTotalBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxRatio);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(RatioFreeBytes);
    }
}
