namespace ImageLibrary.Storage.Sqlite;

/// <summary>Where the store lies and what it may use.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>Path of the database file; its folder is created when missing.</summary>
    public required string Path { get; init; }

    /// <summary>Page cache of the writing connection in bytes; each reading one has an eighth. Environment: IMAGELIBRARY_STORE_CACHE.</summary>
    public long CacheBytes { get; init; } = 32L << 20;

    /// <summary>Reading connections at most, 1 to 64. Environment: IMAGELIBRARY_STORE_READERS.</summary>
    public int MaxReaders { get; init; } = 4;

    /// <summary>How long to wait for a lock that another process holds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names the setting.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(Path))
        {
            throw new ArgumentException("The path of the store is empty.", nameof(Path));
        }
        if (CacheBytes < 1L << 20)
        {
            throw new ArgumentException("CacheBytes (IMAGELIBRARY_STORE_CACHE) must be at least 1 MiB.", nameof(CacheBytes));
        }
        if (MaxReaders is < 1 or > 64)
        {
            throw new ArgumentException("MaxReaders (IMAGELIBRARY_STORE_READERS) must be 1 to 64.", nameof(MaxReaders));
        }
        if (LockTimeout < TimeSpan.Zero)
        {
            throw new ArgumentException("LockTimeout must not be negative.", nameof(LockTimeout));
        }
    }
}
