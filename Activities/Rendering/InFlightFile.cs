using System.IO.MemoryMappedFiles;
using System.Text;

namespace ImageLibrary.Activities;

/// <summary>
/// Notes which pictures are being decoded in a small mapped file, which outlives a crash of the process. The pictures that
/// a crashed process left there are suspects: they are rendered in the helper process. They stay noted until one was.
/// </summary>
public sealed class InFlightFile : IDisposable
{
    private const string FileName = "in-flight";
    private const int SlotSize = 64;
    private const int Slots = 2_048;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly Stack<int> free = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> suspects = new(StringComparer.Ordinal);

    /// <summary>Opens the file and takes over what a former process left.</summary>
    /// <param name="settings">Where its folder is.</param>
    public InFlightFile(ActivitySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Directory.CreateDirectory(settings.StateDirectory);
        file = MemoryMappedFile.CreateFromFile(
            Path.Combine(settings.StateDirectory, FileName), FileMode.OpenOrCreate, null, SlotSize * Slots);
        view = file.CreateViewAccessor();
        var slot = new byte[SlotSize];
        for (var i = 0; i < Slots; i++)
        {
            view.ReadArray(i * SlotSize, slot, 0, SlotSize);
            var length = Array.IndexOf(slot, (byte)0);
            if (length <= 0 || !suspects.TryAdd(Encoding.ASCII.GetString(slot, 0, length), i))
            {
                Erase(i);
                free.Push(i);
            }
        }
    }

    /// <summary>Whether a former process ended while it decoded this picture.</summary>
    /// <param name="imageId">The image.</param>
    public bool IsSuspect(string imageId)
    {
        lock (gate)
        {
            return suspects.ContainsKey(imageId);
        }
    }

    /// <summary>Takes the suspicion from a picture that was rendered, or is known for what it is.</summary>
    /// <param name="imageId">The image.</param>
    public void Clear(string imageId)
    {
        lock (gate)
        {
            if (suspects.Remove(imageId, out var slot))
            {
                Erase(slot);
                free.Push(slot);
            }
        }
    }

    /// <summary>Notes a picture until the answer is disposed.</summary>
    /// <param name="imageId">The image.</param>
    public IDisposable Note(string imageId)
    {
        var bytes = new byte[SlotSize];
        Encoding.ASCII.GetBytes(imageId.AsSpan(0, Math.Min(imageId.Length, SlotSize - 1)), bytes);
        lock (gate)
        {
            var slot = TakeSlot();
            view.WriteArray(slot * SlotSize, bytes, 0, SlotSize);
            return new Entry(this, slot);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }

    // Suspects whose images are gone would fill the file in the end, so they make room.
    private int TakeSlot()
    {
        if (!free.TryPop(out var slot))
        {
            (var oldest, slot) = suspects.First();
            suspects.Remove(oldest);
        }
        return slot;
    }

    private void Erase(int slot) => view.WriteArray(slot * SlotSize, new byte[SlotSize], 0, SlotSize);

    private sealed class Entry(InFlightFile owner, int slot) : IDisposable
    {
        public void Dispose()
        {
            lock (owner.gate)
            {
                owner.Erase(slot);
                owner.free.Push(slot);
            }
        }
    }
}
