using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ImageLibrary.Imaging.Buffers;

/// <summary>
/// Aligned native memory, reused between pictures whichever thread renders them. Sizes are rounded up to an eighth
/// of their power of two; beyond <paramref name="retainedBytes"/> a returned buffer goes back to the system.
/// </summary>
internal sealed unsafe class NativeBufferPool(nuint retainedBytes)
{
    private const nuint Alignment = 64;
    private const nuint Smallest = 4096;

    private readonly ConcurrentDictionary<nuint, ConcurrentBag<nint>> _free = new();
    private long _retained;
    private long _rented;

    /// <summary>Bytes now rented out; 0 when no picture is being rendered, or something leaks.</summary>
    internal long RentedBytes => Volatile.Read(ref _rented);

    /// <summary>Rents at least <paramref name="size"/> bytes, with whatever content they had.</summary>
    internal NativeBuffer Rent(nuint size)
    {
        var capacity = RoundUp(size);
        Interlocked.Add(ref _rented, (long)capacity);
        if (_free.TryGetValue(capacity, out var bag) && bag.TryTake(out var memory))
        {
            Interlocked.Add(ref _retained, -(long)capacity);
            return new NativeBuffer(this, (byte*)memory, capacity);
        }

        return new NativeBuffer(this, (byte*)NativeMemory.AlignedAlloc(capacity, Alignment), capacity);
    }

    internal void Return(byte* memory, nuint capacity)
    {
        Interlocked.Add(ref _rented, -(long)capacity);
        if (Interlocked.Add(ref _retained, (long)capacity) > (long)retainedBytes)
        {
            Interlocked.Add(ref _retained, -(long)capacity);
            NativeMemory.AlignedFree(memory);
            return;
        }

        _free.GetOrAdd(capacity, static _ => []).Add((nint)memory);
    }

    private static nuint RoundUp(nuint size)
    {
        if (size <= Smallest)
        {
            return Smallest;
        }

        var step = (nuint)1 << (BitOperations.Log2(size - 1) - 2);
        return (size + step - 1) / step * step;
    }
}
