namespace ImageLibrary.Archives;

/// <summary>Numbers of RAR 5: seven bits a byte, the lowest first; the top bit says that more follow.</summary>
/// <param name="data">The header.</param>
/// <param name="position">Where to begin.</param>
internal ref struct RarNumbers(ReadOnlySpan<byte> data, int position)
{
    private const int MostBits = 63;

    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>Behind what was read.</summary>
    internal int Position { get; private set; } = position;

    /// <summary>Whether the data has ended before a number did.</summary>
    internal bool IsBroken { get; private set; }

    internal ulong Next()
    {
        var value = 0UL;
        for (var shift = 0; shift < MostBits && Position < _data.Length; shift += 7)
        {
            var part = _data[Position++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }

        IsBroken = true;
        return 0;
    }

    internal void Skip(int bytes)
    {
        IsBroken |= bytes > _data.Length - Position;
        Position = Math.Min(_data.Length, Position + bytes);
    }
}
