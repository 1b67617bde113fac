namespace ImageLibrary.Imaging.Planes;

/// <summary>What is known of a planar picture without its samples.</summary>
/// <param name="Width">Width in pixels; after a scaled decode a fraction, because the last column is then only partly covered.</param>
/// <param name="Height">Height in pixels, a fraction like the width.</param>
/// <param name="Sampling">How many pixels a chroma sample covers.</param>
/// <param name="IsGray">Whether it has luma only.</param>
internal sealed record PlanarShape(double Width, double Height, ChromaSampling Sampling, bool IsGray)
{
    /// <summary>How many original samples in each direction a sample of luma is the mean of; more than one after a scaled decode.</summary>
    internal int LumaReduction { get; init; } = 1;

    /// <summary>The same of chroma.</summary>
    internal int ChromaReduction { get; init; } = 1;

    /// <summary>Whether the samples have the range of video instead of the full one; only decoded pictures may.</summary>
    internal bool IsVideoRange { get; init; }

    internal int PlaneCount => IsGray ? 1 : 3;

    /// <summary>Samples in a row of a plane.</summary>
    internal int PlaneWidth(int plane) => Sampling.PlaneWidth(plane, (int)Math.Ceiling(Width));

    /// <summary>How many original samples in each direction a sample of a plane is the mean of.</summary>
    internal int Reduction(int plane) => plane == 0 ? LumaReduction : ChromaReduction;

    /// <summary>Rows of a plane.</summary>
    internal int PlaneHeight(int plane) => Sampling.PlaneHeight(plane, (int)Math.Ceiling(Height));
}
