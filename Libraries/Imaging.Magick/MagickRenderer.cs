using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImageLibrary.Core;
using ImageMagick;

namespace ImageLibrary.Imaging.Magick;

/// <summary>
/// Renders with ImageMagick: more formats (HEIC, JPEG 2000, JPEG XL), a fraction of the speed. A picture that is larger than
/// <see cref="MaxPixels"/> or <see cref="MaxSide"/> is refused.
/// </summary>
public sealed class MagickRenderer : IImageRenderer
{
    /// <summary>Raised whenever the same source and spec would give other bytes.</summary>
    private const int Version = 2;

    private const long Base = 8 << 20;
    private const int HashSide = 64;

    private readonly long _maxPixels;
    private readonly int _maxSide;

    /// <summary>Creates a renderer and bounds ImageMagick, which keeps its settings for the process, to one thread a picture.</summary>
    /// <param name="maxPixels">Width times height of a source at most, where that is less than <see cref="MaxPixels"/>.</param>
    /// <param name="maxSide">Width and height of a source in pixels at most, where that is less than <see cref="MaxSide"/>.</param>
    public MagickRenderer(long maxPixels = long.MaxValue, int maxSide = int.MaxValue)
    {
        (_maxPixels, _maxSide) = (maxPixels, maxSide);
        ResourceLimits.Thread = 1;
        // Pixels in files instead of memory would make a picture take minutes.
        ResourceLimits.Disk = 0;
        ResourceLimits.MaxProfileSize = MaxProfileBytes;
    }

    /// <summary>Width and height in pixels at most.</summary>
    public static uint MaxSide => 65_500;

    /// <summary>Width times height at most.</summary>
    public static long MaxPixels => 250_000_000;

    /// <summary>A larger EXIF block or colour profile counts as absent: reading it may take longer than the picture.</summary>
    internal static uint MaxProfileBytes => 4 << 20;

    /// <inheritdoc/>
    public string RecipeFingerprint(DerivativeSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var recipe = string.Create(
            CultureInfo.InvariantCulture,
            $"magick {Version}\n{MagickNET.Version}\n{spec.Kind}\n{spec.MaxWidth}x{spec.MaxHeight}\n{spec.Format}\n{spec.Quality}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recipe)).AsSpan(0, 16));
    }

    /// <inheritdoc/>
    public bool IsRisky(ReadOnlySpan<byte> source) => true;

    /// <inheritdoc/>
    public SourceEstimate Estimate(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs)
    {
        var header = InspectSource(source);
        // Measured: what the decoder holds, the picture, and what is made of it.
        var pixelBytes = header.Reader switch
        {
            MagickFormat.Jp2 or MagickFormat.J2k or MagickFormat.Jxl => 16,
            MagickFormat.Avif or MagickFormat.Heic => 12,
            _ => 10,
        };
        return new SourceEstimate(header.Facts, Base + (long)header.Facts.Width * header.Facts.Height * pixelBytes);
    }

    /// <inheritdoc/>
    public RenderResult Render(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(specs);
        ArgumentOutOfRangeException.ThrowIfZero(specs.Count);
        var header = InspectSource(source);
        cancellationToken.ThrowIfCancellationRequested();
        var facts = header.Facts;
        using var image = MagickDecoder.Decode(source, header, out var damaged, out var profile);
        try
        {
            var made = MagickDerivatives.Make(image, facts, specs, cancellationToken);
            // From the file, not from the picture at hand: a file that is found on disk again has the same placeholder then.
            var smallest = made.MinBy(derivative => (long)derivative.Facts.Width * derivative.Facts.Height)!;
            return new RenderResult(facts with { Profile = profile }, made, Thumbhash(smallest.Content.Memory.Span), damaged);
        }
        catch (Exception e) when (MagickInspector.IsFault(e))
        {
            throw MagickInspector.Failure(source, facts.Format, e);
        }
    }

    /// <inheritdoc/>
    public DerivativeFacts? Inspect(ReadOnlySpan<byte> file)
    {
        try
        {
            var facts = MagickInspector.Inspect(file).Facts;
            return MagickFormats.HasEnd(file, facts.Format)
                ? new DerivativeFacts(facts.Width, facts.Height, facts.Format, facts.Format == "png" ? 100 : facts.Quality)
                : null;
        }
        catch (SourceException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public byte[] Thumbhash(ReadOnlySpan<byte> file)
    {
        using var image = MagickDecoder.Decode(file, MagickInspector.Inspect(file), out _, out _);
        MagickDerivatives.PutOnWhite(image);
        image.Resize(new MagickGeometry(HashSide, HashSide));
        using var pixels = image.GetPixels();
        var samples = pixels.ToByteArray(PixelMapping.RGB) ?? [];
        var channels = Enumerable.Range(0, 3)
            .Select(channel => samples.Where((_, i) => i % 3 == channel).Select(sample => sample / 255f).ToArray())
            .ToArray();
        return ThumbHash.Encode(channels[0], channels[1], channels[2], (int)image.Width, (int)image.Height);
    }

    private MagickHeader InspectSource(ReadOnlySpan<byte> source)
    {
        var header = MagickInspector.Inspect(source);
        var (width, height) = (header.Facts.Width, header.Facts.Height);
        return Math.Max(width, height) > _maxSide ? throw Beyond("pixels a side", _maxSide, LimitNames.Side)
            : (long)width * height > _maxPixels ? throw Beyond("pixels", _maxPixels, LimitNames.Pixels)
            : header;
    }

    private static SourceException Beyond(string unit, long limit, string setting) => new(new ImageFailure(
        FailureClass.TooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The image has more than {limit:N0} {unit}; the setting is {LimitNames.Describe(setting)}.")));
}
