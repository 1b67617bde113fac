using System.Buffers;
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
    private const int Version = 1;

    private const long Base = 8 << 20;
    private const int HashSide = 64;

    /// <summary>Creates a renderer and bounds ImageMagick, which keeps its settings for the process, to one thread a picture.</summary>
    public MagickRenderer()
    {
        ResourceLimits.Thread = 1;
        ResourceLimits.Width = MaxSide;
        ResourceLimits.Height = MaxSide;
        // Pixels in files instead of memory would make a picture take minutes.
        ResourceLimits.Disk = 0;
    }

    /// <summary>Width and height in pixels at most.</summary>
    public static uint MaxSide => 65_500;

    /// <summary>Width times height at most.</summary>
    public static long MaxPixels => 250_000_000;

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
        var facts = Inspect(source, out _);
        // Four samples a pixel, of the picture and of what is made of it.
        return new SourceEstimate(facts, Base + (long)facts.Width * facts.Height * 8);
    }

    /// <inheritdoc/>
    public RenderResult Render(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(specs);
        ArgumentOutOfRangeException.ThrowIfZero(specs.Count);
        var facts = Inspect(source, out var reader);
        cancellationToken.ThrowIfCancellationRequested();
        using var image = Read(source, reader, out var damaged);
        cancellationToken.ThrowIfCancellationRequested();
        if (image.GetColorProfile() is not null || image.ColorSpace == ColorSpace.CMYK)
        {
            image.TransformColorSpace(ColorProfiles.SRGB);
        }

        image.AutoOrient();
        image.Strip();
        var made = new List<RenderedDerivative>();
        try
        {
            foreach (var spec in specs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                made.Add(Make(image, facts, spec));
            }

            return new RenderResult(facts, made, Hash(image), damaged);
        }
        catch
        {
            made.ForEach(derivative => derivative.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public DerivativeFacts? Inspect(ReadOnlySpan<byte> file)
    {
        try
        {
            var facts = Inspect(file, out _);
            return new DerivativeFacts(facts.Width, facts.Height, facts.Format, facts.Format == "png" ? 100 : facts.Quality);
        }
        catch (SourceException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public byte[] Thumbhash(ReadOnlySpan<byte> file)
    {
        _ = Inspect(file, out var reader);
        using var image = Read(file, reader, out _);
        return Hash(image);
    }

    private static SourceFacts Inspect(ReadOnlySpan<byte> source, out MagickFormat reader)
    {
        if (source.IsEmpty)
        {
            throw new SourceException(ImageFailure.Of(FailureClass.Empty));
        }

        var (format, name) = MagickFormats.Detect(source) ?? throw new SourceException(ImageFailure.Of(FailureClass.Unsupported));
        reader = format;
        try
        {
            using var frames = new MagickImageCollection();
            frames.Ping(source, new MagickReadSettings { Format = format });
            var first = frames[0];
            if ((long)first.Width * first.Height > MaxPixels)
            {
                throw new SourceException(ImageFailure.Of(FailureClass.TooLarge));
            }

            var exif = first.GetExifProfile();
            var turned = first.Orientation >= Orientation.LeftTop;
            return new SourceFacts
            {
                Width = (int)(turned ? first.Height : first.Width),
                Height = (int)(turned ? first.Width : first.Height),
                Format = name,
                Orientation = Math.Max(1, (int)first.Orientation),
                Animated = frames.Count > 1,
                Quality = format == MagickFormat.Jpeg && first.Quality > 0 ? (int)first.Quality : null,
                Profile = first.GetColorProfile()?.Description,
                Camera = Text(exif, ExifTag.Model),
                TakenAt = DateTime.TryParseExact(
                    Text(exif, ExifTag.DateTimeOriginal), "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                        ? time : null,
            };
        }
        catch (MagickException e)
        {
            throw new SourceException(ImageFailure.Of(FailureClass.Corrupt), e);
        }
    }

    private static MagickImage Read(ReadOnlySpan<byte> source, MagickFormat reader, out bool damaged)
    {
        var image = new MagickImage();
        var warned = false;
        image.Warning += (_, _) => warned = true;
        try
        {
            image.Read(source, new MagickReadSettings { Format = reader, FrameIndex = 0, FrameCount = 1 });
            damaged = warned;
            return image;
        }
        catch (MagickException e)
        {
            image.Dispose();
            throw new SourceException(ImageFailure.Of(FailureClass.Corrupt), e);
        }
    }

    private static RenderedDerivative Make(MagickImage image, SourceFacts facts, DerivativeSpec spec)
    {
        var scale = Math.Min(1, Math.Min((double)spec.MaxWidth / image.Width, (double)spec.MaxHeight / image.Height));
        using var copy = (MagickImage)image.Clone();
        copy.FilterType = FilterType.Lanczos;
        copy.Resize(new MagickGeometry(Side(image.Width, scale), Side(image.Height, scale)) { IgnoreAspectRatio = true });
        if (spec.Format == "jpeg")
        {
            copy.BackgroundColor = MagickColors.White;
            copy.Alpha(AlphaAction.Remove);
        }

        var quality = spec.Format == "png" ? 100 : Math.Min(spec.Quality, facts.Quality ?? 100);
        copy.Quality = (uint)quality;
        var content = copy.ToByteArray(MagickFormats.Writer(spec.Format));
        return new RenderedDerivative(
            spec.Kind, new ManagedContent(content), new DerivativeFacts((int)copy.Width, (int)copy.Height, spec.Format, quality));
    }

    private static uint Side(uint side, double scale) => (uint)Math.Max(1, Math.Round(side * scale, MidpointRounding.AwayFromZero));

    private static byte[] Hash(MagickImage image)
    {
        using var small = (MagickImage)image.Clone();
        small.BackgroundColor = MagickColors.White;
        small.Alpha(AlphaAction.Remove);
        small.Resize(new MagickGeometry(HashSide, HashSide));
        using var pixels = small.GetPixels();
        var samples = pixels.ToByteArray(PixelMapping.RGB) ?? [];
        var channels = Enumerable.Range(0, 3)
            .Select(channel => samples.Where((_, i) => i % 3 == channel).Select(sample => sample / 255f).ToArray())
            .ToArray();
        return ThumbHash.Encode(channels[0], channels[1], channels[2], (int)small.Width, (int)small.Height);
    }

    private static string? Text(IExifProfile? exif, ExifTag<string> tag) => exif?.GetValue(tag)?.Value.Trim('\0', ' ');

    private sealed class ManagedContent(byte[] content) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => content;

        public void Dispose()
        {
        }
    }
}
