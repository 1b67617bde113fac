using ImageLibrary.Core;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>The size of a derivative: within its box, in proportion, never enlarged, at least one pixel.</summary>
internal static class FitBox
{
    internal static (int Width, int Height) Fit(int width, int height, DerivativeSpec spec)
    {
        var scale = Math.Min(1, Math.Min((double)spec.MaxWidth / width, (double)spec.MaxHeight / height));
        return (Side(width, scale, spec.MaxWidth), Side(height, scale, spec.MaxHeight));
    }

    private static int Side(int side, double scale, int limit) =>
        Math.Clamp((int)Math.Round(side * scale, MidpointRounding.AwayFromZero), 1, Math.Max(1, limit));
}
