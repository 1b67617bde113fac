using System.Runtime.Intrinsics.X86;
using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Planes;

/// <summary>
/// Resamples a plane in both directions. A few output rows are first summed vertically into rows of 16-bit samples,
/// which stay in the cache, and then horizontally. The vector code and the scalar code give the same bytes.
/// </summary>
internal static unsafe class PlaneResampler
{
    /// <summary>Fraction bits of the samples between the two directions; leaves headroom for the kernel's overshoot.</summary>
    internal const int MiddleBits = 6;

    /// <summary>Bits of the widest vectors that this processor has and this code uses; 0 for none.</summary>
    internal static int WidestVectors { get; } = Avx512BW.IsSupported ? 512 : Avx2.IsSupported ? 256 : 0;

    /// <summary>Fills <paramref name="target"/>, whose size the axes have, and adds <paramref name="offset"/> to all samples.</summary>
    internal static void Resample(
        Plane source, Plane target, ResampleAxis horizontal, ResampleAxis vertical, double offset, NativeBufferPool pool) =>
        Resample(source, target, horizontal, vertical, offset, pool, WidestVectors);

    /// <summary>The same with a given implementation; tests compare them.</summary>
    internal static void Resample(
        Plane source, Plane target, ResampleAxis horizontal, ResampleAxis vertical, double offset, NativeBufferPool pool,
        int vectorBits)
    {
        var rounding = HorizontalFilter.Rounding(offset);
        // Pairs whose weights are zero reach beyond the last sample.
        var rowsLength = source.Stride * HorizontalFilter.Rows;
        var placesLength = (source.Stride + 2 * horizontal.PairCount) * HorizontalFilter.Rows;
        using var middle = pool.Rent((nuint)(rowsLength + placesLength) * sizeof(short));
        var rows = (short*)middle.Pointer;
        var places = rows + rowsLength;
        var filter = new VerticalFilter(source, vertical);
        for (var y = 0; y < vertical.Count; y += HorizontalFilter.Rows)
        {
            var count = Math.Min(HorizontalFilter.Rows, vertical.Count - y);
            filter.Sum(y, count, rows, source.Stride, vectorBits);
            if (vectorBits == 0)
            {
                for (var i = 0; i < count; i++)
                {
                    HorizontalFilter.Sum(rows + (nint)i * source.Stride, horizontal, rounding, target.Row(y + i));
                }
            }
            else
            {
                HorizontalFilter.Interleave(rows, source.Stride, source.Width, places);
                HorizontalFilter.Sum256(places, horizontal, rounding, target.Row(y), target.Stride, count);
            }
        }
    }
}
