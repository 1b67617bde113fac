using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Jpeg.Dc;
using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Progressive;

/// <summary>A component of a progressive JPEG, with its coefficients.</summary>
/// <param name="header">What the frame header tells of it.</param>
/// <param name="coefficients">Room for all blocks, filled up to whole units.</param>
/// <param name="nonZero">A number for each of them, at first zero.</param>
/// <param name="means">Room for a first coefficient for each of them.</param>
internal sealed unsafe class ProgressiveComponent(JpegComponent header, short* coefficients, ulong* nonZero, short* means)
{
    /// <summary>What is missing of a coefficient that no scan has brought.</summary>
    private const int All = 16;

    private readonly byte[] _missingBits = [.. Enumerable.Repeat((byte)All, CoefficientSteps.Coefficients)];

    internal JpegComponent Header { get; } = header;

    /// <summary>
    /// Coefficients in zigzag order, of block after block and row after row, <see cref="JpegComponent.BlocksX"/> blocks a row.
    /// Those that are zero have any value here, so that memory is touched only where something is.
    /// </summary>
    internal short* Coefficients { get; } = coefficients;

    /// <summary>Of each block, which coefficients but the first are not zero: the highest bit is the first one's.</summary>
    internal ulong* NonZero { get; } = nonZero;

    /// <summary>The first coefficients, close together for the scans that have only those.</summary>
    internal DcComponent Means { get; } = new(header, means);

    /// <summary>Whether scans have brought all bits of all coefficients.</summary>
    internal bool IsComplete => Array.TrueForAll(_missingBits, bits => bits == 0);

    /// <summary>Notes what a scan brings.</summary>
    /// <returns>False when it is not what is missing next.</returns>
    internal bool TryAdvance(ScanBand band)
    {
        if (band.From > 0 && _missingBits[0] == All)
        {
            return false;
        }

        for (var i = band.From; i <= band.To; i++)
        {
            if (_missingBits[i] != (band.Refines ? band.MissingBits + 1 : All))
            {
                return false;
            }

            _missingBits[i] = (byte)band.MissingBits;
        }

        return true;
    }
}

/// <summary>What a scan brings of its coefficients: the standard's spectral selection and successive approximation.</summary>
/// <param name="From">The first coefficient, Ss.</param>
/// <param name="To">The last coefficient, Se.</param>
/// <param name="MissingBits">Low bits that later scans bring, Al.</param>
/// <param name="Refines">Whether it brings one more bit, instead of all above those.</param>
internal sealed record ScanBand(int From, int To, int MissingBits, bool Refines)
{
    // Real files leave two or three to later scans. With more, coefficients of ten bits would not fit into 16 bits.
    private const int MostMissingBits = 5;

    /// <summary>Reads the end of a scan header.</summary>
    /// <returns>Null when the process has no such scan.</returns>
    internal static ScanBand? Read(ReadOnlySpan<byte> body)
    {
        var (from, to) = (body[^3], body[^2]);
        var (known, missing) = (body[^1] >> 4, body[^1] & 15);
        return from > to || to >= CoefficientSteps.Coefficients || (from == 0 && to != 0)
            || missing > MostMissingBits || (known != 0 && missing != known - 1)
            ? null
            : new ScanBand(from, to, missing, known != 0);
    }
}
