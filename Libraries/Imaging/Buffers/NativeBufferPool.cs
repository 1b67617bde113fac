using System.Numerics;
using ImageLibrary.Imaging.Native;

namespace ImageLibrary.Imaging.Buffers;

/// <summary>
/// Aligned native memory, reused between pictures whichever thread renders them. What is kept for reuse and what is rented out
/// stay together within <paramref name="keptBytes"/>, unless more than that is rented out at once.
/// </summary>
internal sealed unsafe class NativeBufferPool(nuint keptBytes)
{
    private const nuint Smallest = 4096;

    // A buffer may serve a request of half its size: pictures of different sizes then share buffers.
    private const nuint MostWaste = 2;

    private readonly Lock _lock = new();

    // Buffers that are free, the smallest first.
    private readonly List<(nuint Capacity, nint Memory)> _free = [];
    private nuint _retained;
    private nuint _rented;

    /// <summary>Bytes now rented out; 0 when no picture is being rendered, or something leaks.</summary>
    internal long RentedBytes
    {
        get
        {
            lock (_lock)
            {
                return (long)_rented;
            }
        }
    }

    /// <summary>Rents at least <paramref name="size"/> bytes, with whatever content they had.</summary>
    internal NativeBuffer Rent(nuint size)
    {
        var capacity = RoundUp(size);
        lock (_lock)
        {
            var best = IndexOf(size);
            if (best < _free.Count && _free[best].Capacity <= MostWaste * capacity)
            {
                var (reused, memory) = _free[best];
                _free.RemoveAt(best);
                _retained -= reused;
                _rented += reused;
                return new NativeBuffer(this, (byte*)memory, reused);
            }

            _rented += capacity;
            Shrink();
        }

        try
        {
            return new NativeBuffer(this, (byte*)PageMemory.Allocate(capacity), capacity);
        }
        catch
        {
            lock (_lock)
            {
                _rented -= capacity;
            }

            throw;
        }
    }

    internal void Return(byte* memory, nuint capacity)
    {
        lock (_lock)
        {
            _rented -= capacity;
            _retained += capacity;
            _free.Insert(IndexOf(capacity), (capacity, (nint)memory));
            Shrink();
        }
    }

    /// <summary>Gives the largest free buffers back to the system until all is within the bound.</summary>
    private void Shrink()
    {
        while (_rented + _retained > keptBytes && _free.Count > 0)
        {
            var (capacity, memory) = _free[^1];
            _free.RemoveAt(_free.Count - 1);
            _retained -= capacity;
            PageMemory.Free((void*)memory, capacity);
        }
    }

    /// <summary>Index of the first free buffer of at least some size.</summary>
    private int IndexOf(nuint size)
    {
        var (low, high) = (0, _free.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _free[middle].Capacity < size ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>To a quarter of the power of two below.</summary>
    private static nuint RoundUp(nuint size)
    {
        if (size <= Smallest)
        {
            return Smallest;
        }

        var step = Math.Max(Smallest, (nuint)1 << (BitOperations.Log2(size - 1) - 2));
        return (size + step - 1) / step * step;
    }
}
