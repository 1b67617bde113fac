using System.IO.MemoryMappedFiles;
using System.Text;

namespace ImageLibrary.Activities;

/// <summary>
/// Notes which pictures are being decoded in a small mapped file, which outlives a crash of the process. The pictures that
/// a crashed process left there are suspects: they are rendered alone.
/// </summary>
public sealed class InFlightFile : IDisposable
{
    private const string FileName = "in-flight";
    private const int SlotSize = 64;
    private const int Slots = 1_024;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly bool[] taken = new bool[Slots];
    private readonly Lock gate = new();
    private readonly HashSet<string> suspects = [];

    /// <summary>Opens the file and takes over what a former process left.</summary>
    /// <param name="settings">Where the data folder is.</param>
    public InFlightFile(ActivitySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Directory.CreateDirectory(settings.DataDirectory);
        file = MemoryMappedFile.CreateFromFile(
            Path.Combine(settings.DataDirectory, FileName), FileMode.OpenOrCreate, null, SlotSize * Slots);
        view = file.CreateViewAccessor();
        var slot = new byte[SlotSize];
        for (var i = 0; i < Slots; i++)
        {
            view.ReadArray(i * SlotSize, slot, 0, SlotSize);
            var length = Array.IndexOf(slot, (byte)0);
            if (length > 0)
            {
                suspects.Add(Encoding.ASCII.GetString(slot, 0, length));
                Clear(i);
            }
        }
    }

    /// <summary>Whether a former process ended while it decoded this picture.</summary>
    /// <param name="imageId">The image.</param>
    public bool IsSuspect(string imageId)
    {
        lock (gate)
        {
            return suspects.Contains(imageId);
        }
    }

    /// <summary>Notes a picture until the answer is disposed.</summary>
    /// <param name="imageId">The image.</param>
    public IDisposable Note(string imageId)
    {
        int slot;
        lock (gate)
        {
            slot = Array.IndexOf(taken, false);
            taken[slot] = true;
        }
        var bytes = new byte[SlotSize];
        Encoding.ASCII.GetBytes(imageId.AsSpan(0, Math.Min(imageId.Length, SlotSize - 1)), bytes);
        view.WriteArray(slot * SlotSize, bytes, 0, SlotSize);
        return new Entry(this, slot, imageId);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }

    private void Clear(int slot) => view.WriteArray(slot * SlotSize, new byte[SlotSize], 0, SlotSize);

    private sealed class Entry(InFlightFile owner, int slot, string imageId) : IDisposable
    {
        public void Dispose()
        {
            owner.Clear(slot);
            lock (owner.gate)
            {
                owner.taken[slot] = false;
                owner.suspects.Remove(imageId);
            }
        }
    }
}
