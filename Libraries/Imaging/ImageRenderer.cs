using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImageLibrary.Core;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Encoding;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Native;
using ImageLibrary.Imaging.Pipeline;
using ImageLibrary.Imaging.Planes;
using ImageLibrary.Imaging.Vips;

namespace ImageLibrary.Imaging;

/// <summary>
/// Renders JPEGs and some other formats by their planes, and the rest with libvips. Any number of threads may
/// render at once; a thread that ends should call <see cref="ReleaseThread"/> first.
/// </summary>
public sealed class ImageRenderer : IImageRenderer
{
    /// <summary>Raised when the same source and spec would give another picture; samples that differ by one make none.</summary>
    private const int Version = 8;

    // Enough for two workers on 12 MP photos; beyond it, buffers go back to the system.
    private const nuint KeptBytes = 56 << 20;

    private readonly NativeBufferPool _pool = new(KeptBytes);
    private readonly ExtraFormats _extra;
    private readonly SourceInspector _inspector;

    // Limits of sources are not those of what was made of them.
    private readonly SourceInspector _derivatives = new(new RenderLimits());
    private readonly SourceDecoder _decoder;
    private readonly DerivativeMaker _maker;

    /// <summary>Creates a renderer; loads no native library yet.</summary>
    /// <param name="limits">Limits of sources; null for the defaults.</param>
    /// <param name="extra">Formats that a helper process reads for this one.</param>
    public ImageRenderer(RenderLimits? limits = null, ExtraFormats extra = ExtraFormats.None)
    {
        _extra = extra;
        limits ??= new RenderLimits();
        limits.Validate();
        AllocatorNative.KeepLittle();
        _inspector = new SourceInspector(limits);
        _decoder = new SourceDecoder(_pool);
        _maker = new DerivativeMaker(_pool);
    }

    /// <summary>Native bytes held by renderings in progress and by results not yet disposed.</summary>
    public long RentedBytes => _pool.RentedBytes;

    /// <summary>Frees what libvips keeps for the calling thread; for threads of a pool of one's own, at their end.</summary>
    public static void ReleaseThread() => VipsNative.ThreadShutdown();

    /// <inheritdoc/>
    public string RecipeFingerprint(DerivativeSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var vips = VipsRuntime.EnsureStarted();
        var recipe = string.Create(
            CultureInfo.InvariantCulture,
            $"{Version}\n{vips.Major}.{vips.Minor}\n{spec.Kind}\n{spec.MaxWidth}x{spec.MaxHeight}\n{spec.Format}\n{spec.Quality}");
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(recipe)).AsSpan(0, 16));
    }

    /// <inheritdoc/>
    public bool IsRisky(ReadOnlySpan<byte> source) =>
        ImageFormat.Detect(source) is not (null or ImageFormat.Jpeg or ImageFormat.Png or ImageFormat.WebP or ImageFormat.Gif)
        || RawFile.Detect(source) is not null
        || (ImageFormat.Detect(source) == ImageFormat.WebP && SourceInspector.IsHeavyWebP(source))
        || (SystemCodecs.Detect(source) & _extra) != ExtraFormats.None;

    /// <inheritdoc/>
    public SourceEstimate Estimate(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs)
    {
        ArgumentNullException.ThrowIfNull(specs);
        var header = _inspector.Inspect(source);
        var (width, height) = LargestTarget(header, specs);
        var pixels = Sizes(header, specs).Sum(size => (long)size.Width * size.Height);
        return new SourceEstimate(header.Facts, MemoryEstimate.PeakBytes(header, source.Length, width, height, pixels));
    }

    /// <inheritdoc/>
    public RenderResult Render(
        ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(specs);
        ArgumentOutOfRangeException.ThrowIfZero(specs.Count);
        var header = _inspector.Inspect(source);
        cancellationToken.ThrowIfCancellationRequested();
        var (width, height) = LargestTarget(header, specs);
        var picture = source[header.Content];
        using var decoded = _decoder.Decode(
            picture, header, width, height, KeepsAlpha(specs), DerivativeMaker.Targets(header, specs), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var derivatives = _maker.Make(picture, decoded, header, specs, cancellationToken);
        try
        {
            // From the file, not from the planes at hand: a file that is found on disk again has the same placeholder then.
            var smallest = derivatives.MinBy(derivative => (long)derivative.Facts.Width * derivative.Facts.Height)!;
            return new RenderResult(header.Facts, derivatives, Thumbhash(smallest.Content.Memory.Span), decoded.Damaged);
        }
        catch
        {
            foreach (var derivative in derivatives)
            {
                derivative.Dispose();
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public DerivativeFacts? Inspect(ReadOnlySpan<byte> file)
    {
        try
        {
            var header = _derivatives.Inspect(file);
            if (!ImageFormat.HasEnd(file, header.Format))
            {
                return null;
            }

            var quality = header.Format == ImageFormat.Png ? 100 : header.Jpeg?.Quality;
            return new DerivativeFacts(header.ShownWidth, header.ShownHeight, header.Format, quality);
        }
        catch (SourceException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public byte[] Thumbhash(ReadOnlySpan<byte> file)
    {
        var header = _derivatives.Inspect(file);
        var (width, height) = FitBox.Fit(header.ShownWidth, header.ShownHeight, DerivativeSpec.Defaults[0]);
        using var decoded = _decoder.Decode(file, header, width, height, keepsAlpha: false, targets: [], CancellationToken.None);
        using var upright = decoded.Scale(new ScaleTarget(width, height, ChromaSampling.Quarter, decoded.Orientation), _pool);
        return ThumbHashEncoder.Encode(upright);
    }

    private static bool KeepsAlpha(IReadOnlyList<DerivativeSpec> specs) => specs.Any(spec => spec.Format != ImageFormat.Jpeg);

    private static (int Width, int Height) LargestTarget(SourceHeader header, IReadOnlyList<DerivativeSpec> specs) =>
        Sizes(header, specs).MaxBy(size => (long)size.Width * size.Height);

    private static IEnumerable<(int Width, int Height)> Sizes(SourceHeader header, IReadOnlyList<DerivativeSpec> specs) =>
        specs.Select(spec => FitBox.Fit(header.ShownWidth, header.ShownHeight, spec));
}
