using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Jpeg.Entropy;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Jpeg.Progressive;

/// <summary>All coefficients of a progressive JPEG.</summary>
internal sealed unsafe class ProgressivePicture : IDisposable
{
    /// <summary>Numbers of 16 bits of work that samples need: two blocks, their samples where a plane ends, and quantisers.</summary>
    internal const int WorkLength = 4 * Block;

    private const int Block = CoefficientSteps.Coefficients;

    private readonly NativeBuffer _buffer;

    internal ProgressivePicture(JpegFrame header, NativeBufferPool pool)
    {
        Header = header;
        var units = (nint)header.UnitsX * header.UnitsY;
        var blocks = units * header.Components.Sum(component => component.X * component.Y);
        _buffer = pool.Rent((nuint)blocks * (Block * sizeof(short) + sizeof(ulong) + sizeof(short)));
        Components = new ProgressiveComponent[header.Components.Length];
        var coefficients = (short*)_buffer.Pointer;
        var nonZero = (ulong*)(coefficients + blocks * Block);
        var means = (short*)(nonZero + blocks);
        NativeMemory.Clear(nonZero, (nuint)blocks * sizeof(ulong));
        for (var i = 0; i < Components.Length; i++)
        {
            Components[i] = new ProgressiveComponent(header.Components[i], coefficients, nonZero, means);
            blocks = units * header.Components[i].X * header.Components[i].Y;
            coefficients += blocks * Block;
            nonZero += blocks;
            means += blocks;
        }
    }

    internal JpegFrame Header { get; }

    internal ProgressiveComponent[] Components { get; }

    public void Dispose() => _buffer.Dispose();

    /// <summary>Makes the samples of a row of units.</summary>
    /// <param name="y">Rows of units above it.</param>
    /// <param name="quantisers">Divisors of each component in zigzag order.</param>
    /// <param name="scale">The size to make.</param>
    /// <param name="picture">Where the samples go.</param>
    /// <param name="work">Room for <see cref="WorkLength"/> numbers.</param>
    internal void ToSamples(int y, ushort[][] quantisers, JpegScale scale, PlanarPicture picture, short* work)
    {
        for (var i = 0; i < Components.Length; i++)
        {
            BaselineScan.ToRows(quantisers[i], work + 3 * Block);
            var component = Components[i];
            var end = Math.Min((y + 1) * component.Header.Y, component.Header.OwnBlocksY);
            for (var row = y * component.Header.Y; row < end; row++)
            {
                ToSamples(component, row, scale.Size(i), picture.Planes[i], work);
            }
        }
    }

    /// <summary>Makes the samples of a row of blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToSamples(ProgressiveComponent component, int y, int size, Plane plane, short* work)
    {
        var left = (nint)y * component.Header.BlocksX;
        var count = component.Header.OwnBlocksX;
        var pair = new BlockPair(work, work + 3 * Block, work + 3 * Block);
        var rows = Math.Min(size, plane.Height - y * size);
        var target = plane.Row(y * size);
        var aside = (byte*)(work + 2 * Block);
        for (var x = 0; x < count; x += 2)
        {
            // The last of an odd number goes with itself.
            var second = x + 1 < count ? x + 1 : x;
            var used = ZigzagOrder.ToRows(component, left + x, left + second, work);
            if (rows == size && second > x)
            {
                pair.ToSamples(size, used, target + x * size, plane.Stride, target + second * size, plane.Stride);
                continue;
            }

            pair.ToSamples(size, used, aside, 2 * size, aside + size, 2 * size);
            for (var row = 0; row < rows; row++)
            {
                Unsafe.CopyBlockUnaligned(target + x * size + row * plane.Stride, aside + 2 * row * size, (uint)((second - x + 1) * size));
            }
        }
    }
}
