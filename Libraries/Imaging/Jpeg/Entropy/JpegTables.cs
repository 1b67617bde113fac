using System.Buffers.Binary;

namespace ImageLibrary.Imaging.Jpeg.Entropy;

/// <summary>The tables of a JPEG as its segments bring them, for decoders that read scans themselves. Source: ITU-T T.81, annex B.</summary>
internal sealed class JpegTables
{
    private const int Count = 4;
    private const int Coefficients = 64;

    // Progressive files bring some for each scan; more than this many are there only to cost time.
    private const int MostHuffmanTables = 256;

    private const int MostDcSymbol = 15;

    private readonly ushort[]?[] _quantisers = new ushort[Count][];
    private readonly HuffmanTable?[] _dc = new HuffmanTable?[Count];
    private readonly HuffmanTable?[] _ac = new HuffmanTable?[Count];
    private int _huffmanTables;

    /// <summary>Units between restart markers; 0 for none.</summary>
    internal int RestartInterval { get; private set; }

    /// <summary>The 64 divisors of a number in zigzag order; null where there are none.</summary>
    internal ushort[]? Quantisers(int number) => number < Count ? _quantisers[number] : null;

    internal HuffmanTable? Dc(int number) => number < Count ? _dc[number] : null;

    internal HuffmanTable? Ac(int number) => number < Count ? _ac[number] : null;

    /// <summary>Takes a segment in.</summary>
    /// <param name="marker">Its marker.</param>
    /// <param name="body">What follows its length.</param>
    /// <returns>False when it is damaged, unusual, or neither tables nor metadata.</returns>
    internal bool TryRead(byte marker, ReadOnlySpan<byte> body)
    {
        switch (marker)
        {
            case 0xC4:
                return TryReadHuffmanTables(body);
            case 0xDB:
                return TryReadQuantisers(body);
            case 0xDD when body.Length == 2:
                RestartInterval = BinaryPrimitives.ReadUInt16BigEndian(body);
                return true;
            default:
                return marker is (>= 0xE0 and <= 0xEF) or 0xFE;
        }
    }

    private bool TryReadQuantisers(ReadOnlySpan<byte> body)
    {
        while (body.Length > 0)
        {
            var wide = body[0] >> 4 != 0;
            var number = body[0] & 15;
            var length = wide ? 1 + 2 * Coefficients : 1 + Coefficients;
            // A table that changes between scans would apply to some components only.
            if (body[0] >> 4 > 1 || number >= Count || body.Length < length || _quantisers[number] is not null)
            {
                return false;
            }

            var table = new ushort[Coefficients];
            for (var i = 0; i < table.Length; i++)
            {
                table[i] = wide ? BinaryPrimitives.ReadUInt16BigEndian(body[(1 + 2 * i)..]) : body[1 + i];
            }

            if (table[0] == 0)
            {
                return false;
            }

            _quantisers[number] = table;
            body = body[length..];
        }

        return true;
    }

    private bool TryReadHuffmanTables(ReadOnlySpan<byte> body)
    {
        const int HeaderLength = 17;
        while (body.Length >= HeaderLength)
        {
            var counts = body[1..HeaderLength];
            var symbols = 0;
            foreach (var count in counts)
            {
                symbols += count;
            }

            var number = body[0] & 15;
            var isDc = body[0] >> 4 == 0;
            if (body[0] >> 4 > 1 || number >= Count || symbols > 256 || body.Length < HeaderLength + symbols
                || ++_huffmanTables > MostHuffmanTables
                || (isDc && body.Slice(HeaderLength, symbols).ContainsAnyExceptInRange((byte)0, (byte)MostDcSymbol))
                || HuffmanTable.Create(counts, body.Slice(HeaderLength, symbols)) is not { } table)
            {
                return false;
            }

            (isDc ? _dc : _ac)[number] = table;
            body = body[(HeaderLength + symbols)..];
        }

        return body.IsEmpty;
    }
}
