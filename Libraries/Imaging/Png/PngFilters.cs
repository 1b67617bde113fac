using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageLibrary.Imaging.Png;

/// <summary>Undoes the filters of rows. Source: W3C, Portable Network Graphics, second edition, chapter 9.</summary>
internal static unsafe class PngFilters
{
    private const int Sub = 1;
    private const int Up = 2;
    private const int Average = 3;
    private const int Paeth = 4;

    /// <summary>Undoes a row's filter in place.</summary>
    /// <param name="filter">Its number.</param>
    /// <param name="row">The row; as many bytes as a pixel has, plus one, must be readable behind it.</param>
    /// <param name="above">The row above, undone, or zeros.</param>
    /// <param name="length">Bytes of a row.</param>
    /// <param name="pixelBytes">Bytes of a pixel, at least 1.</param>
    /// <returns>False when there is no such filter.</returns>
    internal static bool TryUndo(int filter, byte* row, byte* above, int length, int pixelBytes)
    {
        switch (filter)
        {
            case 0:
                return true;
            case Up:
                UndoUp(row, above, length);
                return true;
            case Sub or Average or Paeth when pixelBytes is 3 or 4:
                UndoPixels(filter, row, above, length, pixelBytes);
                return true;
            case Sub or Average or Paeth:
                UndoBytes(filter, row, above, length, pixelBytes);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The plain form of all filters; tests compare the faster ones with it.</summary>
    internal static void UndoBytes(int filter, byte* row, byte* above, int length, int pixelBytes)
    {
        for (var i = 0; i < length; i++)
        {
            int left = i < pixelBytes ? 0 : row[i - pixelBytes];
            int corner = i < pixelBytes ? 0 : above[i - pixelBytes];
            row[i] += (byte)(filter switch
            {
                Sub => left,
                Up => above[i],
                Average => (left + above[i]) >> 1,
                Paeth => Nearest(left, above[i], corner),
                _ => 0,
            });
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UndoUp(byte* row, byte* above, int length)
    {
        var i = 0;
        for (; i + Vector256<byte>.Count <= length; i += Vector256<byte>.Count)
        {
            (Vector256.Load(row + i) + Vector256.Load(above + i)).Store(row + i);
        }

        for (; i < length; i++)
        {
            row[i] += above[i];
        }
    }

    /// <summary>A pixel a step: its channels do not depend on each other, only on the pixel before.</summary>
    private static void UndoPixels(int filter, byte* row, byte* above, int length, int pixelBytes)
    {
        switch (filter)
        {
            case Sub:
                var sum = Vector128<byte>.Zero;
                for (var i = 0; i + pixelBytes <= length; i += pixelBytes)
                {
                    sum += Load(row + i);
                    Store(row + i, sum, pixelBytes);
                }

                break;
            case Average:
                UndoAverage(row, above, length, pixelBytes);
                break;
            default:
                UndoPaeth(row, above, length, pixelBytes);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UndoAverage(byte* row, byte* above, int length, int pixelBytes)
    {
        var left = Vector128<ushort>.Zero;
        for (var i = 0; i + pixelBytes <= length; i += pixelBytes)
        {
            var mean = (left + Vector128.WidenLower(Load(above + i))) >> 1;
            left = (mean + Vector128.WidenLower(Load(row + i))) & Vector128.Create((ushort)byte.MaxValue);
            Store(row + i, Vector128.Narrow(left, left), pixelBytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UndoPaeth(byte* row, byte* above, int length, int pixelBytes)
    {
        var left = Vector128<short>.Zero;
        var corner = Vector128<short>.Zero;
        for (var i = 0; i + pixelBytes <= length; i += pixelBytes)
        {
            var up = Vector128.WidenLower(Load(above + i)).AsInt16();
            var (toLeft, toUp) = (up - corner, left - corner);
            var (farLeft, farUp, farCorner) = (Vector128.Abs(toLeft), Vector128.Abs(toUp), Vector128.Abs(toLeft + toUp));
            var least = Vector128.Min(farCorner, Vector128.Min(farLeft, farUp));
            var nearest = Vector128.ConditionalSelect(
                Vector128.Equals(least, farLeft), left,
                Vector128.ConditionalSelect(Vector128.Equals(least, farUp), up, corner));
            left = (nearest + Vector128.WidenLower(Load(row + i)).AsInt16()) & Vector128.Create((short)byte.MaxValue);
            corner = up;
            Store(row + i, Vector128.Narrow(left, left).AsByte(), pixelBytes);
        }
    }

    private static int Nearest(int left, int up, int corner)
    {
        var (farLeft, farUp, farCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - 2 * corner));
        return farLeft <= farUp && farLeft <= farCorner ? left : farUp <= farCorner ? up : corner;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load(byte* pixel) => Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(pixel)).AsByte();

    /// <summary>The byte behind a pixel of three is the next one's, not yet undone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(byte* pixel, Vector128<byte> value, int pixelBytes)
    {
        var bits = value.AsUInt32().ToScalar();
        if (pixelBytes == 4)
        {
            Unsafe.WriteUnaligned(pixel, bits);
        }
        else
        {
            Unsafe.WriteUnaligned(pixel, (ushort)bits);
            pixel[2] = (byte)(bits >> 16);
        }
    }
}
