namespace ImageLibrary.Core;

/// <summary>Files in the cache folder, summed up; those of removed images count until they are deleted.</summary>
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
        return new DerivativeSum(derivatives.Count, derivatives.Sum(derivative => derivative.Bytes));
    }
}
