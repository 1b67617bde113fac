namespace ImageLibrary.Core;

/// <summary>Files in the cache folder, summed up; those of removed images count until they are deleted, and sources that are served themselves do not.</summary>
/// <param name="Files">Number of files.</param>
/// <param name="Bytes">Their length together.</param>
public sealed record DerivativeSum(long Files, long Bytes)
{
    /// <summary>No files.</summary>
    public static DerivativeSum None { get; } = new(0, 0);

    /// <summary>Sums up derivatives as they are recorded.</summary>
    /// <param name="derivatives">The derivatives.</param>
    public static DerivativeSum Of(IReadOnlyList<Derivative> derivatives)
    {
        ArgumentNullException.ThrowIfNull(derivatives);
        var files = derivatives.Where(derivative => !derivative.IsOriginal);
        return new DerivativeSum(files.Count(), files.Sum(file => file.Bytes));
    }
}
