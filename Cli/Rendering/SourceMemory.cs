using ImageLibrary.Activities;

namespace ImageLibrary.Cli.Rendering;

/// <summary>
/// The memory of all source files in work: at most half of the budget, or one file, and counted beside that of the decodes. Beyond it
/// lie the buffers that are kept for the next files, at most 64 MiB for all readers together, which are counted nowhere.
/// </summary>
/// <param name="workers">Pictures in work at once.</param>
/// <param name="memory">The budget.</param>
/// <param name="settings">Its size, and the largest file.</param>
internal sealed class SourceMemory(int workers, MemoryBudget memory, RenderSettings settings)
{
    // Files of nearly the same size share buffers.
    private const int Step = 1 << 20;
    private const long MostKept = 64 << 20;

    private readonly BufferGate _gate = new(workers, settings.MemoryBudget / 2);
    private readonly Lock _lock = new();

    // The one that has waited longest first.
    private readonly List<byte[]> _free = [];
    private long _kept;

    /// <summary>Bytes of the largest file.</summary>
    internal long MaxFileBytes => settings.MaxFileBytes;

    /// <summary>Whether a file is so large that it is worth a look at its first bytes before the rest is read.</summary>
    internal bool IsLarge(long size) => size > settings.IsolatedFileBytes;

    /// <summary>Rents at least so many bytes, with whatever content they had; blocks the thread until there is room for them.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before there was.</exception>
    internal byte[] Rent(int size, CancellationToken cancellationToken)
    {
        // The thread is the reader's own.
        if (!_gate.TakeAsync(_gate.NextTurn(), size, cancellationToken).GetAwaiter().GetResult())
        {
            throw new OperationCanceledException(cancellationToken);
        }

        byte[] buffer;
        try
        {
            buffer = Take(size);
        }
        catch
        {
            _gate.Release(size);
            throw;
        }

        _gate.Grow(buffer.Length - size);
        memory.Hold(buffer.Length);
        return buffer;
    }

    /// <summary>Exchanges a full buffer for a larger one; this waits for nobody, as the smaller one would be kept meanwhile.</summary>
    internal byte[] Grow(byte[] buffer, int size)
    {
        var larger = Take(size);
        buffer.CopyTo(larger, 0);
        var more = larger.Length - buffer.Length;
        _gate.Grow(more);
        memory.Hold(more);
        Keep(buffer);
        return larger;
    }

    /// <summary>Gives a buffer back.</summary>
    internal void Return(byte[] buffer)
    {
        Keep(buffer);
        memory.Hold(-buffer.Length);
        _gate.Release(buffer.Length);
    }

    private byte[] Take(int size)
    {
        lock (_lock)
        {
            // A buffer that is kept takes its memory whether it is used or not, so one that is far too large will do.
            if (_free.Where(free => free.Length >= size).MinBy(free => free.Length) is { } buffer)
            {
                _free.Remove(buffer);
                _kept -= buffer.Length;
                return buffer;
            }
        }

        return GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, ((long)size + Step - 1) / Step * Step));
    }

    private void Keep(byte[] buffer)
    {
        lock (_lock)
        {
            _free.Add(buffer);
            _kept += buffer.Length;
            while (_kept > MostKept)
            {
                _kept -= _free[0].Length;
                _free.RemoveAt(0);
            }
        }
    }
}
