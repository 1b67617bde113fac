using System.Buffers.Binary;
using System.Collections.Frozen;

namespace MongoDB.Bson.IO;

/// <summary>
/// A fixed set of names, found by their UTF-8 bytes without making a string: an open hash table at most half full.
/// </summary>
internal sealed class ElementNameTable
{
    private readonly string[] _names;
    private readonly byte[][] _utf8;
    private readonly int[] _slots;
    private readonly FrozenDictionary<string, int> _byName;

    public ElementNameTable(IEnumerable<string> names)
    {
        _names = [.. names];
        _utf8 = [.. _names.Select(Utf8Encodings.Strict.GetBytes)];
        _byName = _names.Select((name, index) => KeyValuePair.Create(name, index)).ToFrozenDictionary(StringComparer.Ordinal);
        _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * _names.Length, 2))];
        for (var index = 0; index < _utf8.Length; index++)
        {
            var slot = Slot(_utf8[index]);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }
            _slots[slot] = index + 1;
        }
    }

    public string this[int index] => _names[index];

    public byte[] Utf8(int index) => _utf8[index];

    public int IndexOf(string name) => _byName.TryGetValue(name, out var index) ? index : -1;

    public int IndexOf(ReadOnlySpan<byte> utf8, int expected)
    {
        if ((uint)expected < (uint)_utf8.Length && utf8.SequenceEqual(_utf8[expected]))
        {
            return expected;
        }
        for (var slot = Slot(utf8); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var index = _slots[slot] - 1;
            if (utf8.SequenceEqual(_utf8[index]))
            {
                return index;
            }
        }
        return -1;
    }

    private int Slot(ReadOnlySpan<byte> utf8)
    {
        // The ends and the length tell the names of one class apart nearly always.
        var length = (uint)utf8.Length;
        var hash = utf8.Length switch
        {
            >= 4 => BinaryPrimitives.ReadUInt32LittleEndian(utf8) ^ (BinaryPrimitives.ReadUInt32LittleEndian(utf8[^4..]) * 31),
            > 0 => (uint)(utf8[0] | (utf8[^1] << 8)),
            _ => 0u,
        };
        hash = (hash ^ (length * 0x9e37_79b9)) * 0x85eb_ca6b;
        return (int)(hash >> 15) & (_slots.Length - 1);
    }
}
