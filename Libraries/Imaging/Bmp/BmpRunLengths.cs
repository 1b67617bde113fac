namespace ImageLibrary.Imaging.Bmp;

/// <summary>
/// Unpacks the run lengths of a BMP row by row, to a byte a pixel. Source: Microsoft, Bitmap Compression (BI_RLE8, BI_RLE4).
/// </summary>
/// <param name="data">From the first row on.</param>
/// <param name="isHalf">Whether a byte holds two pixels.</param>
internal ref struct BmpRunLengths(ReadOnlySpan<byte> data, bool isHalf)
{
    private const byte EndOfRow = 0;
    private const byte EndOfPicture = 1;
    private const byte Move = 2;

    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;
    private int _column;
    private int _emptyRows;
    private bool _ended;

    /// <summary>Unpacks the next row; what no run covers is the first colour.</summary>
    /// <param name="row">A byte a pixel.</param>
    /// <returns>False when the data ends before the row and the picture do. A row of which all pixels are there needs no end.</returns>
    internal bool TryNextRow(Span<byte> row)
    {
        row.Clear();
        if (_ended || _emptyRows > 0)
        {
            _emptyRows--;
            return true;
        }

        (var x, _column) = (_column, 0);
        while (_position + 2 <= _data.Length)
        {
            var (count, value) = (_data[_position], _data[_position + 1]);
            _position += 2;
            if (count > 0)
            {
                var run = row[x..Math.Min(row.Length, x + count)];
                for (var i = 0; i < run.Length; i++)
                {
                    run[i] = isHalf ? Half(value, i) : value;
                }

                x += run.Length;
                continue;
            }

            switch (value)
            {
                case EndOfRow:
                    return true;
                case EndOfPicture:
                    _ended = true;
                    return true;
                case Move when _position + 2 <= _data.Length:
                    x = Math.Min(row.Length, x + _data[_position]);
                    var down = _data[_position + 1];
                    _position += 2;
                    if (down > 0)
                    {
                        (_column, _emptyRows) = (x, down - 1);
                        return true;
                    }

                    break;
                case Move:
                    return false;
                default:
                    var bytes = isHalf ? (value + 1) / 2 : value;
                    if (_position + bytes > _data.Length)
                    {
                        return false;
                    }

                    var pixels = row[x..Math.Min(row.Length, x + value)];
                    for (var i = 0; i < pixels.Length; i++)
                    {
                        pixels[i] = isHalf ? Half(_data[_position + i / 2], i) : _data[_position + i];
                    }

                    x += pixels.Length;

                    // Filled up to an even number.
                    _position += bytes + (bytes & 1);
                    break;
            }
        }

        // Some leave out what would end the last row.
        return x == row.Length;
    }

    private static byte Half(byte pair, int number) => (byte)((number & 1) == 0 ? pair >> 4 : pair & 15);
}
