using System.Runtime.Intrinsics.X86;

namespace ImageLibrary.Imaging.Planes;

/// <summary>
/// Resamples a plane in both directions, as its rows come. A few output rows are first summed vertically into rows of 16-bit
/// samples, which stay in the cache, and then horizontally. The vector code and the scalar code give the same bytes.
/// </summary>
internal sealed unsafe class PlaneResampler
{
    /// <summary>Fraction bits of the samples between the two directions; leaves headroom for the kernel's overshoot.</summary>
    internal const int MiddleBits = 6;

    private readonly Plane _source;
    private readonly Plane _target;
    private readonly ResampleAxis _horizontal;
    private readonly ResampleAxis _vertical;
    private readonly VerticalFilter _filter;
    private readonly int _rounding;
    private readonly int _vectorBits;
    private int _groupsMade;

    /// <summary>Creates a resampler; for one thread.</summary>
    /// <param name="source">The plane, whose rows need not be there yet.</param>
    /// <param name="target">What is filled; has the size of the axes.</param>
    /// <param name="horizontal">Weights of a row.</param>
    /// <param name="vertical">Weights of a column.</param>
    /// <param name="offset">What is added to all samples.</param>
    /// <param name="vectorBits">The implementation, see <see cref="WidestVectors"/>; tests compare them.</param>
    internal PlaneResampler(Plane source, Plane target, ResampleAxis horizontal, ResampleAxis vertical, double offset, int vectorBits)
    {
        _source = source;
        _target = target;
        _horizontal = horizontal;
        _vertical = vertical;
        _filter = new VerticalFilter(source, vertical);
        _rounding = HorizontalFilter.Rounding(offset);
        _vectorBits = vectorBits;
    }

    /// <summary>Bits of the widest vectors that this processor has and this code uses; 0 for none.</summary>
    internal static int WidestVectors { get; } = Avx512BW.IsSupported ? 512 : Avx2.IsSupported ? 256 : 0;

    /// <summary>Source rows above this one are not needed any more.</summary>
    internal int FirstNeeded => _groupsMade < Groups(_vertical) ? RowsOf(_vertical, Group(_groupsMade)).First : _source.Height;

    /// <summary>Numbers of 16 bits that are needed between the two directions.</summary>
    internal static int MiddleLength(int stride, ResampleAxis horizontal) => RowsLength(stride) + PlacesLength(stride, horizontal);

    /// <summary>The most source rows that are needed at once.</summary>
    internal static int RowsAtOnce(ResampleAxis vertical) => Enumerable.Range(0, Groups(vertical)).Max(group =>
    {
        var (first, end) = RowsOf(vertical, group);
        return end - first;
    });

    /// <summary>Makes the output rows for which all source rows are there.</summary>
    /// <param name="rows">Source rows that were filled, from the uppermost.</param>
    /// <param name="middle">Room of <see cref="MiddleLength"/>.</param>
    internal void Advance(int rows, short* middle)
    {
        for (; _groupsMade < Groups(_vertical); _groupsMade++)
        {
            var group = Group(_groupsMade);
            if (RowsOf(_vertical, group).End > rows)
            {
                return;
            }

            Make(group * HorizontalFilter.Rows, middle);
        }
    }

    private void Make(int y, short* rows)
    {
        var count = Math.Min(HorizontalFilter.Rows, _vertical.Count - y);
        _filter.Sum(y, count, rows, _source.Stride, _vectorBits);
        if (_vectorBits == 0)
        {
            for (var i = 0; i < count; i++)
            {
                HorizontalFilter.Sum(rows + (nint)i * _source.Stride, _horizontal, _rounding, _target.Row(y + i));
            }

            return;
        }

        var places = rows + RowsLength(_source.Stride);
        HorizontalFilter.Interleave(rows, _source.Stride, _source.Width, places);
        HorizontalFilter.Sum256(places, _horizontal, _rounding, _target.Row(y), _target.Stride, count);
    }

    /// <summary>The group that is made so late: the lowest first where the output runs against the source.</summary>
    private int Group(int order) => _vertical.Starts[0] > _vertical.Starts[^1] ? Groups(_vertical) - 1 - order : order;

    private static int RowsLength(int stride) => stride * HorizontalFilter.Rows;

    // Pairs whose weights are zero reach beyond the last sample.
    private static int PlacesLength(int stride, ResampleAxis horizontal) => (stride + 2 * horizontal.PairCount) * HorizontalFilter.Rows;

    private static int Groups(ResampleAxis vertical) => (vertical.Count + HorizontalFilter.Rows - 1) / HorizontalFilter.Rows;

    /// <summary>The source rows of a group of output rows.</summary>
    private static (int First, int End) RowsOf(ResampleAxis vertical, int group)
    {
        var y = group * HorizontalFilter.Rows;
        var (start, other) = (vertical.Starts[y], vertical.Starts[Math.Min(y + HorizontalFilter.Rows, vertical.Count) - 1]);
        return (Math.Min(start, other), Math.Max(start, other) + vertical.Taps);
    }
}
