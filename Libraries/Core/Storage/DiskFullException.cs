namespace ImageLibrary.Core;

/// <summary>A cache folder has no space left; work waits and goes on when there is some.</summary>
public sealed class DiskFullException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The cache folder.</param>
    /// <param name="inner">What the operating system said.</param>
    public DiskFullException(string path, Exception? inner = null)
        : base($"No space is left in the cache folder {path}.", inner) => Path = path;

    /// <summary>The cache folder.</summary>
    public string Path { get; }
}
