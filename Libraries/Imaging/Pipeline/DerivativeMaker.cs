using ImageLibrary.Core;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Encoding;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Planes;
using ImageLibrary.Imaging.Vips;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>Makes and encodes all derivatives of a decoded source, each from the smallest picture that is good enough.</summary>
internal sealed unsafe class DerivativeMaker(NativeBufferPool pool)
{
    /// <summary>A picture this many times larger than the next one serves as its source: nearer to it, edges would ring twice.</summary>
    private const double GoodEnough = 4;

    /// <summary>Up to this quality an encoder's own losses of chroma are larger than those of decoding it to half its size.</summary>
    private const int CommonQuality = 90;

    /// <summary>Makes the derivatives, in the order of <paramref name="specs"/>.</summary>
    /// <param name="file">The picture as it was read.</param>
    /// <param name="source">The picture decoded.</param>
    /// <param name="header">Its header.</param>
    /// <param name="specs">What to make.</param>
    /// <param name="cancellationToken">Stops between derivatives.</param>
    internal IReadOnlyList<RenderedDerivative> Make(
        ReadOnlySpan<byte> file, DecodedSource source, SourceHeader header, IReadOnlyList<DerivativeSpec> specs,
        CancellationToken cancellationToken)
    {
        var results = new RenderedDerivative?[specs.Count];
        var made = new List<PlanarPicture>();
        try
        {
            var order = LargestFirst(header, specs);
            for (var i = 0; i < order.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var spec = specs[order[i]];
                results[order[i]] = TryCopy(file, source, header, spec)
                    ?? MakeOne(source, header, spec, made, [.. order.Skip(i + 1).Select(later => specs[later])]);
            }

            return [.. results.Select(result => result!)];
        }
        catch
        {
            foreach (var result in results)
            {
                result?.Dispose();
            }

            throw;
        }
        finally
        {
            made.ForEach(picture => picture.Dispose());
        }
    }

    /// <summary>
    /// All pictures that <see cref="Make"/> will want of the planes of an undamaged source, for decoders that can make them on the
    /// way; none when it may want something else.
    /// </summary>
    internal static IReadOnlyList<ScaleTarget> Targets(SourceHeader header, IReadOnlyList<DerivativeSpec> specs)
    {
        var targets = new List<ScaleTarget>();
        if (specs.Any(spec => CanCopy(header, spec)))
        {
            return targets;
        }

        var made = new List<PlanarShape>();
        foreach (var spec in LargestFirst(header, specs).Select(number => specs[number]))
        {
            var target = TargetOf(header, spec);
            if (!made.Exists(picture => IsGoodEnough(picture, target)))
            {
                targets.Add(target);
            }

            made.Add(new PlanarShape(target.Width, target.Height, target.Sampling, IsGray: false));
        }

        return targets;
    }

    /// <summary>JPEGs are made with half the resolution of colours; other formats get all, and choose.</summary>
    private static ScaleTarget TargetOf(SourceHeader header, DerivativeSpec spec)
    {
        var (width, height) = FitBox.Fit(header.ShownWidth, header.ShownHeight, spec);
        return new ScaleTarget(
            width, height, spec.Format == ImageFormat.Jpeg ? ChromaSampling.Quarter : ChromaSampling.Full,
            Orientation.FromExif(header.Orientation), FineColours: QualityOf(header, spec) > CommonQuality);
    }

    private static int QualityOf(SourceHeader header, DerivativeSpec spec) => Math.Min(spec.Quality, header.Jpeg?.Quality ?? 100);

    private static List<int> LargestFirst(SourceHeader header, IReadOnlyList<DerivativeSpec> specs) => [.. Enumerable
        .Range(0, specs.Count)
        .OrderByDescending(i =>
        {
            var (width, height) = FitBox.Fit(header.ShownWidth, header.ShownHeight, specs[i]);
            return (long)width * height;
        })];

    /// <summary>Copies a source that is already what is wanted, without its metadata: nothing is lost by encoding it again.</summary>
    private RenderedDerivative? TryCopy(ReadOnlySpan<byte> file, DecodedSource source, SourceHeader header, DerivativeSpec spec)
    {
        if (source.Damaged || !CanCopy(header, spec))
        {
            return null;
        }

        using var copy = pool.Rent((nuint)file.Length);
        var target = copy.Span(file.Length);
        var length = header.Format switch
        {
            ImageFormat.Jpeg => JpegSegments.CopyWithoutMetadata(file, target),
            ImageFormat.Png => PngChunks.CopyWithoutMetadata(file, target),
            _ => WebPChunks.CopyWithoutMetadata(file, target),
        };
        return length == 0 ? null : new RenderedDerivative(
            spec.Kind, NativeContent.Copy(pool, copy.Span(length)),
            new DerivativeFacts(header.Width, header.Height, spec.Format, CopiedQuality(header)))
        { MatchesSource = header is { Container: null, Png: not { IsShownOtherwise: true } } };
    }

    private static bool CanCopy(SourceHeader header, DerivativeSpec spec) =>
        spec.Format == header.Format && header.Orientation <= 1 && header.IsSrgb
        && header.Width <= spec.MaxWidth && header.Height <= spec.MaxHeight
        && header
            is { Format: ImageFormat.Jpeg, PlanesPath: true, Jpeg: { Quality: not null, IsArithmetic: false } }
            or { Png: not null }
            or { Format: ImageFormat.WebP, Animated: false };

    /// <summary>The quality that a copy is recorded with; a WebP does not tell what it was encoded with.</summary>
    private static int? CopiedQuality(SourceHeader header) => header.Png is null ? header.Jpeg?.Quality : 100;

    private RenderedDerivative MakeOne(
        DecodedSource source, SourceHeader header, DerivativeSpec spec, List<PlanarPicture> made, List<DerivativeSpec> later)
    {
        var target = TargetOf(header, spec);
        var quality = QualityOf(header, spec);
        NativeContent content;
        if (spec.Format == ImageFormat.Jpeg)
        {
            var picture = Scale(source, target, made);
            if (later.TrueForAll(next => CanServe(picture, header, next)))
            {
                // The large planes are not needed while this picture is encoded, and another thread may use their memory.
                source.ReleasePlanes();
            }

            content = TurboJpegEncoder.Encode(picture, quality, pool);
        }
        else if (source.Samples is { } samples)
        {
            using var resized = VipsPipeline.Resize(samples, target.Width, target.Height);
            content = VipsEncoder.Encode(resized, spec.Format, quality, pool);
        }
        else
        {
            content = EncodePlanes(Scale(source, target, made), spec.Format, quality);
        }

        if (spec.Format == ImageFormat.Png)
        {
            quality = 100;
        }

        return new RenderedDerivative(spec.Kind, content, new DerivativeFacts(target.Width, target.Height, spec.Format, quality));
    }

    private PlanarPicture Scale(DecodedSource source, ScaleTarget target, List<PlanarPicture> made)
    {
        var larger = made.FindLast(picture => IsGoodEnough(picture.Shape, target));
        var picture = larger is null
            ? source.Scale(target, pool)
            : PlanarScaler.Scale(larger, target with { Orientation = default }, pool);
        made.Add(picture);
        return picture;
    }

    private static bool CanServe(PlanarPicture picture, SourceHeader header, DerivativeSpec spec) =>
        spec.Format == ImageFormat.Jpeg && IsGoodEnough(picture.Shape, TargetOf(header, spec));

    private static bool IsGoodEnough(PlanarShape picture, ScaleTarget target) =>
        picture.Width >= GoodEnough * target.Width && picture.Height >= GoodEnough * target.Height
        && (picture.Sampling == ChromaSampling.Full || target.Sampling != ChromaSampling.Full);

    private NativeContent EncodePlanes(PlanarPicture picture, string format, int quality)
    {
        _ = VipsRuntime.EnsureStarted();
        using var samples = RgbConverter.ToSamples(picture, pool);
        using var image = VipsImage.FromMemory(
            samples.Pointer, (int)picture.Width, (int)picture.Height, picture.Planes.Count);
        using var tagged = VipsPipeline.MarkSrgb(image);
        return VipsEncoder.Encode(tagged, format, quality, pool);
    }
}
