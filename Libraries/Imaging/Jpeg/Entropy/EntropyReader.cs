using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ImageLibrary.Imaging.Jpeg.Entropy;

/// <summary>
/// Bits of an entropy-coded segment, from the highest down, with the stuffed zero bytes already taken out. Reading beyond
/// the end gives zeros; <see cref="AtEnd"/> tells afterwards.
/// </summary>
internal unsafe struct EntropyReader
{
    /// <summary>
    /// Readable bytes that must follow the segment: a unit cannot take more, whatever its bits are. It has up to six blocks of 64
    /// symbols, of up to 31 bits with their values.
    /// </summary>
    internal const int Margin = 2048;

    /// <summary>Bits that are valid after a fill, at least.</summary>
    internal const int FilledBits = 56;

    private readonly byte* _start;
    private readonly byte* _end;
    private byte* _next;

    internal EntropyReader(byte* start, nint length)
    {
        _start = start;
        _next = start;
        _end = start + length;
    }

    /// <summary>The next bits in the high part; <see cref="Count"/> of them are valid.</summary>
    internal ulong Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get;
        private set;
    }

    internal int Count { get; private set; }

    /// <summary>Whether the reader has run so far beyond the end that the next unit might leave the margin.</summary>
    internal readonly bool IsLost => _next > _end + 16;

    /// <summary>Whether all bytes were consumed, the last at least in part, and nothing beyond.</summary>
    internal readonly bool AtEnd
    {
        get
        {
            var consumed = (_next - _start) * 8 - Count;
            var length = (_end - _start) * 8;
            return consumed <= length && consumed > length - 8;
        }
    }

    /// <summary>Makes at least <see cref="FilledBits"/> bits valid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Fill()
    {
        Bits |= BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(_next)) >> Count;
        _next += (63 - Count) >> 3;
        Count |= FilledBits;
    }

    /// <summary>Puts back what was consumed outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Set(ulong bits, int count)
    {
        Bits = bits;
        Count = count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Skip(int count)
    {
        Bits <<= count;
        Count -= count;
    }

    /// <summary>Skips the number of bits that the lowest byte has: without having to wait until that is cut out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SkipPacked(int packed)
    {
        Bits <<= packed;
        Count -= packed & 0xFF;
    }
}
