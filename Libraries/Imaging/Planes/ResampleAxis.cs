using System.Collections.Concurrent;

namespace ImageLibrary.Imaging.Planes;

/// <summary>
/// Lanczos3 weights of one direction: for each output sample the first input sample and a fixed number of weights.
/// Samples beyond an edge count as the edge sample. Source of the kernel: C. E. Duchon, Lanczos filtering (1979);
/// for reduction it is stretched by the scale.
/// </summary>
internal sealed class ResampleAxis
{
    /// <summary>Weights are fixed-point numbers with this many fraction bits; those of one output sum to exactly the gain.</summary>
    internal const int WeightBits = 14;

    private const int One = 1 << WeightBits;
    private const double Lobes = 3;

    // A picture needs up to eight axes; what is kept takes at most 25 MiB.
    private const int MostKept = 32;
    private const int MostKeptWeights = 128 << 10;

    private static readonly ConcurrentDictionary<Key, ResampleAxis> Kept = new();

    private readonly short[] _weights;
    private readonly Lazy<int[]> _pairs;

    private ResampleAxis(int count, int taps)
    {
        Count = count;
        Taps = taps;
        PairCount = taps / 2 + 1;
        Starts = new int[count];
        _weights = new short[count * taps];
        _pairs = new Lazy<int[]>(PairUp);
    }

    /// <summary>Output samples.</summary>
    internal int Count { get; }

    /// <summary>Weights of an output sample.</summary>
    internal int Taps { get; }

    /// <summary>Pairs of input samples, the first of each at an even place, that cover the <see cref="Taps"/> of an output sample.</summary>
    internal int PairCount { get; }

    /// <summary>First input sample of each output sample.</summary>
    internal int[] Starts { get; }

    /// <summary>
    /// Weights in pairs, the first in the lower half, <see cref="PairCount"/> for each output sample; zero where a pair reaches
    /// beyond the taps. Up to three samples of zeros follow the last, for vector code.
    /// </summary>
    internal int[] Pairs => _pairs.Value;

    /// <summary>The weights of an output sample.</summary>
    internal ReadOnlySpan<short> WeightsOf(int output) => _weights.AsSpan(output * Taps, Taps);

    /// <summary>The weights for given sizes; kept for the next picture, because pictures of one camera are alike.</summary>
    /// <param name="inputCount">Samples that exist.</param>
    /// <param name="inputExtent">Samples that the picture covers; a fraction when the last is partly outside.</param>
    /// <param name="outputCount">Samples to make.</param>
    /// <param name="outputExtent">Output samples that the picture covers.</param>
    /// <param name="mirrored">Whether the output runs against the input.</param>
    /// <param name="reduction">How many original samples each input sample is the mean of.</param>
    /// <param name="gain">What flat areas are multiplied by; at most 1.9.</param>
    internal static ResampleAxis Create(
        int inputCount, double inputExtent, int outputCount, double outputExtent, bool mirrored, int reduction = 1, double gain = 1)
    {
        var key = new Key(inputCount, inputExtent, outputCount, outputExtent, mirrored, reduction, gain);
        if (Kept.TryGetValue(key, out var kept))
        {
            return kept;
        }

        var axis = Compute(key);
        if (axis._weights.Length <= MostKeptWeights)
        {
            if (Kept.Count >= MostKept)
            {
                Kept.Clear();
            }

            Kept[key] = axis;
        }

        return axis;
    }

    private static ResampleAxis Compute(in Key key)
    {
        var (inputCount, inputExtent, outputCount, outputExtent, mirrored, reduction, gain) = key;
        var one = (int)Math.Round(gain * One);
        var scale = inputExtent / outputExtent;
        var stretch = Math.Max(scale, 1);
        // Means have lost detail. To second order, a mean of n neighbours is undone by taking this part of both
        // neighbours away; that is done here for nothing, in the weights.
        var sharpening = (1 - 1.0 / (reduction * reduction)) / 24;
        var support = Lobes * stretch + (reduction > 1 ? 1 : 0);
        var taps = Math.Min((int)Math.Ceiling(2 * support) + 1, inputCount);
        var axis = new ResampleAxis(outputCount, taps);
        Span<double> exact = taps <= 256 ? stackalloc double[taps] : new double[taps];
        for (var i = 0; i < outputCount; i++)
        {
            var position = mirrored ? outputExtent - (i + 0.5) : i + 0.5;
            var centre = position * scale - 0.5;
            var first = (int)Math.Ceiling(centre - support);
            var last = (int)Math.Floor(centre + support);
            var start = Math.Clamp(first, 0, inputCount - taps);
            exact.Clear();
            var sum = 0.0;
            for (var k = first; k <= last; k++)
            {
                var distance = k - centre;
                var weight = Lanczos(distance / stretch);
                if (reduction > 1)
                {
                    weight += sharpening * (2 * weight - Lanczos((distance - 1) / stretch) - Lanczos((distance + 1) / stretch));
                }

                exact[Math.Clamp(k - start, 0, taps - 1)] += weight;
                sum += weight;
            }

            axis.Starts[i] = start;
            Quantise(exact, sum, one, axis._weights.AsSpan(i * taps, taps));
        }

        return axis;
    }

    private int[] PairUp()
    {
        var pairs = new int[(Count + 3) * PairCount];
        for (var i = 0; i < Count; i++)
        {
            var weights = WeightsOf(i);
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var place = Starts[i] % 2 + tap;
                pairs[i * PairCount + place / 2] |= (ushort)weights[tap] << (place % 2 * 16);
            }
        }

        return pairs;
    }

    private static double Lanczos(double x)
    {
        if (Math.Abs(x) < 1e-9)
        {
            return 1;
        }

        if (Math.Abs(x) >= Lobes)
        {
            return 0;
        }

        var angle = Math.PI * x;
        return Lobes * Math.Sin(angle) * Math.Sin(angle / Lobes) / (angle * angle);
    }

    /// <summary>Rounds so that the sum stays exact: flat areas stay flat.</summary>
    private static void Quantise(ReadOnlySpan<double> exact, double sum, int one, Span<short> weights)
    {
        var total = 0;
        var largest = 0;
        for (var i = 0; i < exact.Length; i++)
        {
            var weight = (int)Math.Round(exact[i] / sum * one);
            weights[i] = (short)weight;
            total += weight;
            if (weights[i] > weights[largest])
            {
                largest = i;
            }
        }

        weights[largest] += (short)(one - total);
    }

    private readonly record struct Key(
        int InputCount, double InputExtent, int OutputCount, double OutputExtent, bool Mirrored, int Reduction, double Gain);
}
