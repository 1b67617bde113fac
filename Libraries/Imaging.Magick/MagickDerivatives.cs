using System.Buffers;
using ImageLibrary.Core;
using ImageMagick;

namespace ImageLibrary.Imaging.Magick;

/// <summary>Makes and encodes all derivatives of a decoded picture, each from the smallest one that is good enough.</summary>
internal static class MagickDerivatives
{
    /// <summary>A picture this many times larger than the next one serves as its source without visible loss.</summary>
    private const double GoodEnough = 2;

    // The usual effort and filters; the facts say 100, because nothing is lost.
    private const int PngEffort = 75;

    /// <summary>Makes the derivatives, in the order of <paramref name="specs"/>.</summary>
    /// <param name="picture">The picture, upright.</param>
    /// <param name="facts">Facts of the source.</param>
    /// <param name="specs">What to make.</param>
    /// <param name="cancellationToken">Stops between derivatives.</param>
    /// <exception cref="MagickException">The encoder refused.</exception>
    internal static IReadOnlyList<RenderedDerivative> Make(
        MagickImage picture, SourceFacts facts, IReadOnlyList<DerivativeSpec> specs, CancellationToken cancellationToken)
    {
        var results = new RenderedDerivative?[specs.Count];
        MagickImage? larger = null;
        try
        {
            foreach (var (index, spec) in specs.Index().OrderByDescending(item => Scale(picture, item.Item)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var scale = Scale(picture, spec);
                var (width, height) = (Side(picture.Width, scale, spec.MaxWidth), Side(picture.Height, scale, spec.MaxHeight));
                var source = larger is not null && larger.Width >= GoodEnough * width && larger.Height >= GoodEnough * height ? larger : picture;
                var resized = Resize(source, width, height);
                larger?.Dispose();
                larger = resized;
                results[index] = Encode(resized, facts, spec);
            }

            return [.. results.Select(result => result!)];
        }
        finally
        {
            larger?.Dispose();
        }
    }

    /// <summary>What shows no transparency shows white.</summary>
    internal static void PutOnWhite(MagickImage image)
    {
        image.BackgroundColor = MagickColors.White;
        image.Alpha(AlphaOption.Remove);
    }

    private static double Scale(MagickImage picture, DerivativeSpec spec) =>
        Math.Min(1, Math.Min((double)spec.MaxWidth / picture.Width, (double)spec.MaxHeight / picture.Height));

    private static uint Side(uint side, double scale, int limit) =>
        (uint)Math.Clamp((int)Math.Round(side * scale, MidpointRounding.AwayFromZero), 1, Math.Max(1, limit));

    private static MagickImage Resize(MagickImage source, uint width, uint height)
    {
        var resized = (MagickImage)source.Clone();
        resized.FilterType = FilterType.Lanczos;
        resized.Resize(new MagickGeometry(width, height) { IgnoreAspectRatio = true });
        return resized;
    }

    private static RenderedDerivative Encode(MagickImage resized, SourceFacts facts, DerivativeSpec spec)
    {
        using var copy = (MagickImage)resized.Clone();
        if (spec.Format == "jpeg")
        {
            PutOnWhite(copy);
            // Otherwise the source's own.
            copy.Settings.SetDefine(MagickFormat.Jpeg, "sampling-factor", "4:2:0");
        }

        var quality = spec.Format == "png" ? 100 : Math.Min(spec.Quality, facts.Quality ?? 100);
        copy.Quality = spec.Format == "png" ? PngEffort : (uint)quality;
        var content = copy.ToByteArray(MagickFormats.Writer(spec.Format));
        return new RenderedDerivative(
            spec.Kind, new ManagedContent(content), new DerivativeFacts((int)copy.Width, (int)copy.Height, spec.Format, quality));
    }

    private sealed class ManagedContent(byte[] content) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => content;

        public void Dispose()
        {
        }
    }
}
