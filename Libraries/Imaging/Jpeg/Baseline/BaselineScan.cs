using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ImageLibrary.Imaging.Jpeg.Entropy;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Jpeg.Baseline;

/// <summary>Decodes the one scan of a baseline JPEG to planes. Source: ITU-T T.81, annex F.</summary>
internal sealed unsafe class BaselineScan(
    JpegFrame frame, BaselineComponent[] components, JpegScale scale, IRowReceiver receiver, PlanarPicture picture, short* work) : IUnitDecoder
{
    /// <summary>Numbers of 16 bits of work that are needed: blocks, quantisers, and two blocks' samples where a plane ends.</summary>
    internal const int WorkLength = MostWaiting * Block + MostComponents * Block + 2 * Block / 2;

    private const int Block = CoefficientSteps.Coefficients;
    private const int MostComponents = 3;
    private const int MostBlocks = 6;
    private const int MostWaiting = 2 * MostBlocks;
    private const int LooksOfAFill = EntropyReader.FilledBits / CoefficientSteps.LookBits;
    private const int LookShift = 64 - CoefficientSteps.LookBits;

    private readonly UnitBlock[] _blocks = Blocks(components, scale, picture, work + MostWaiting * Block);
    private readonly byte* _edge = (byte*)(work + (MostWaiting + MostComponents) * Block);
    private readonly int[] _predictions = new int[components.Length];
    private readonly Target[] _targets = new Target[MostWaiting];
    private readonly int[] _used = new int[MostWaiting];

    // Blocks go through the transform two by two; those of units with an odd number beside the same ones of the next unit.
    private readonly int _unitsAtOnce = components.Sum(component => component.Header.X * component.Header.Y) % 2 + 1;
    private int _unitsWaiting;

    /// <summary>Where the coefficients of the zigzag order lie in rows.</summary>
    internal static ReadOnlySpan<byte> NaturalOrder =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>Brings the divisors of a component from zigzag order into rows.</summary>
    internal static void ToRows(ushort[] quantisers, short* rows)
    {
        for (var at = 0; at < Block; at++)
        {
            rows[NaturalOrder[at]] = (short)quantisers[at];
        }
    }

    /// <inheritdoc/>
    public void Restart() => Array.Clear(_predictions);

    /// <inheritdoc/>
    public void EndRow(int y)
    {
        Transform();
        receiver.Advance(Math.Min((y + 1) * frame.Sampling.Y * scale.Luma, picture.Planes[0].Height));
    }

    /// <summary>The blocks of a unit in the order of the data.</summary>
    private static UnitBlock[] Blocks(BaselineComponent[] components, JpegScale scale, PlanarPicture picture, short* quantisers)
    {
        for (var i = 0; i < components.Length; i++)
        {
            ToRows(components[i].Quantisers, quantisers + i * Block);
        }

        return
        [
            .. components.SelectMany((component, number) => Enumerable
                .Range(0, component.Header.X * component.Header.Y)
                .Select(block => new UnitBlock(
                    component, number, quantisers + number * Block, scale.Size(number), picture.Planes[number],
                    block % component.Header.X, block / component.Header.X))),
        ];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryDecodeUnit(ref EntropyReader reader, int x, int y)
    {
        ref var order = ref MemoryMarshal.GetReference(NaturalOrder);
        // A copy that lives in registers: nothing that is called has its address.
        var next = reader;
        var place = _unitsWaiting;
        foreach (var block in _blocks)
        {
            ref var steps = ref MemoryMarshal.GetArrayDataReference(block.Ac.Packed);
            var coefficients = work + place * Block;
            Clear(coefficients);
            next.Fill();
            var step = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(block.Dc.Packed), (nint)(next.Bits >> LookShift));
            if (CoefficientSteps.First(step) != 0)
            {
                step = block.Dc.Find(next.Bits);
                if (CoefficientSteps.First(step) != 0)
                {
                    return false;
                }

                next.Skip(CoefficientSteps.FirstBits(step));
                next.Fill();
            }
            else
            {
                next.SkipPacked((int)step);
            }

            ref var prediction = ref _predictions[block.Component];
            prediction += CoefficientSteps.FirstValue(step);
            *coefficients = (short)prediction;
            nint index = 1;
            var looks = LooksOfAFill - 1;
            while (true)
            {
                ref var look = ref Unsafe.Add(ref steps, (nint)(next.Bits >> LookShift));
                step = look;
                var first = index + CoefficientSteps.First(ref look);
                var second = first + CoefficientSteps.Second(ref look);
                if (second < Block)
                {
                    // Only the shift and the load of a look depend on the look before.
                    next.SkipPacked((int)step);
                    coefficients[Unsafe.Add(ref order, first)] = CoefficientSteps.FirstValue(ref look);
                    coefficients[Unsafe.Add(ref order, second)] = CoefficientSteps.SecondValue(ref look);
                    index = second + 1;
                    looks--;
                }
                else if (CoefficientSteps.First(step) == CoefficientSteps.EndOfBlock && index < Block)
                {
                    next.SkipPacked((int)step);
                    break;
                }
                else if (index == Block)
                {
                    break;
                }
                else
                {
                    // A symbol that needs more bits than a look has, or the second one of a look that is not in the block any more.
                    next.Fill();
                    step = block.Ac.Find(next.Bits);
                    next.Skip(CoefficientSteps.FirstBits(step));
                    if (CoefficientSteps.First(step) == CoefficientSteps.EndOfBlock)
                    {
                        break;
                    }

                    index += CoefficientSteps.First(step);
                    if (index >= Block)
                    {
                        return false;
                    }

                    coefficients[Unsafe.Add(ref order, index)] = (short)CoefficientSteps.FirstValue(step);
                    index++;
                    looks = 0;
                }

                if (looks == 0)
                {
                    next.Fill();
                    looks = LooksOfAFill;
                }
            }

            _used[place] = (int)index;
            _targets[place] = block.At(x, y);
            place += _unitsAtOnce;
        }

        reader = next;
        if (++_unitsWaiting == _unitsAtOnce)
        {
            Transform();
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(short* coefficients)
    {
        for (var i = 0; i < Block; i += Vector256<short>.Count)
        {
            Vector256<short>.Zero.Store(coefficients + i);
        }
    }

    /// <summary>Makes samples of the blocks that wait.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transform()
    {
        if (_unitsWaiting == 0)
        {
            return;
        }

        for (var i = 0; i < _blocks.Length * _unitsAtOnce; i += 2)
        {
            ref var first = ref _targets[i];
            ref var second = ref _targets[i + 1];
            if (_unitsWaiting < _unitsAtOnce)
            {
                Clear(work + (i + 1) * Block);
                _used[i + 1] = 0;
                second = first with { Rows = 0 };
            }

            var size = first.Size;
            new BlockPair(work + i * Block, first.Quantisers, second.Quantisers).ToSamples(
                size, Math.Max(_used[i], _used[i + 1]),
                first.IsWhole ? first.Samples : _edge, first.IsWhole ? first.Stride : size,
                second.IsWhole ? second.Samples : _edge + Block, second.IsWhole ? second.Stride : size);
            first.Finish(_edge);
            second.Finish(_edge + Block);
        }

        _unitsWaiting = 0;
    }

    /// <summary>A block of a unit, with all that its decoding needs at hand.</summary>
    private sealed class UnitBlock(BaselineComponent component, int number, short* quantisers, int size, Plane plane, int x, int y)
    {
        private readonly Plane _plane = plane;
        private readonly short* _quantisers = quantisers;
        private readonly int _size = size;
        private readonly nint _stepX = component.Header.X * size;
        private readonly int _stepY = component.Header.Y * size;
        private readonly int _firstRow = y * size;
        private readonly int _firstColumn = x * size;
        private readonly nint _stride = plane.Stride;
        private readonly int _height = plane.Height;

        internal readonly int Component = number;
        internal readonly CoefficientSteps Dc = component.Dc;
        internal readonly CoefficientSteps Ac = component.Ac;

        /// <summary>Where its samples go in a unit.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Target At(int unitX, int unitY)
        {
            var row = unitY * _stepY + _firstRow;
            return new Target
            {
                Quantisers = _quantisers,
                Size = _size,
                Samples = _plane.Row(row) + _firstColumn + unitX * _stepX,
                Stride = _stride,
                Rows = _height - row,
            };
        }
    }

    /// <summary>What becomes of a block.</summary>
    private readonly struct Target
    {
        /// <summary>What its coefficients are multiplied by.</summary>
        internal short* Quantisers { get; init; }

        /// <summary>Samples of a row of it, and rows.</summary>
        internal int Size { get; init; }

        /// <summary>Where its samples go.</summary>
        internal byte* Samples { get; init; }

        /// <summary>Bytes from row to row.</summary>
        internal nint Stride { get; init; }

        /// <summary>Rows that the plane has there, as it is not padded downwards; less than one where it has ended.</summary>
        internal int Rows { get; init; }

        internal bool IsWhole => Rows >= Size;

        /// <summary>Brings the rows that the plane has, where it has not all.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Finish(byte* samples)
        {
            if (IsWhole)
            {
                return;
            }

            for (var row = 0; row < Rows; row++)
            {
                new Span<byte>(samples + row * Size, Size).CopyTo(new Span<byte>(Samples + row * Stride, Size));
            }
        }
    }
}

/// <summary>A component in a scan.</summary>
/// <param name="Header">The component.</param>
/// <param name="Dc">Table of its DC coefficients.</param>
/// <param name="Ac">Table of its other coefficients.</param>
/// <param name="Quantisers">Divisors in zigzag order.</param>
internal sealed record BaselineComponent(JpegComponent Header, CoefficientSteps Dc, CoefficientSteps Ac, ushort[] Quantisers);
