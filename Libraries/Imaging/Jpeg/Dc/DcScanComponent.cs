using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>A component in a scan.</summary>
/// <param name="Component">The component.</param>
/// <param name="Dc">Table of DC symbols; unused when the scan refines.</param>
/// <param name="Ac">Table of AC symbols; null when the scan has none.</param>
internal sealed record DcScanComponent(DcComponent Component, HuffmanTable Dc, HuffmanTable? Ac)
{
    // The most bits of a difference that the baseline process has.
    private const int MostBits = 11;

    /// <summary>Steps over AC symbols.</summary>
    internal AcRuns? Runs { get; } = Ac is null ? null : AcRuns.Of(Ac);

    /// <summary>Whether a symbol is that of a difference of DC coefficients.</summary>
    internal static bool IsDifference(HuffmanTable.Step step) => step.Bits > 0 && step.Symbol <= MostBits;
}
