namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>A block of a unit: where the first unit has its coefficient, and how far that moves from unit to unit.</summary>
internal readonly unsafe struct DcBlock
{
    private readonly short* _first;
    private readonly int _strideX;
    private readonly int _strideY;

    private DcBlock(DcScanComponent part, int number, int x, int y, int strideX, int strideY)
    {
        Part = part;
        Number = number;
        _first = part.Component.Coefficients + (nint)y * part.Component.Header.BlocksX + x;
        _strideX = strideX;
        _strideY = strideY;
    }

    /// <summary>Its component.</summary>
    internal DcScanComponent Part { get; }

    /// <summary>The component's place in the scan.</summary>
    internal int Number { get; }

    /// <summary>The blocks of a unit in the order of the data. The unit of a component alone is one block.</summary>
    internal static DcBlock[] Of(DcScanComponent[] components) =>
    [
        .. components.SelectMany((part, number) =>
        {
            var header = part.Component.Header;
            var (width, height) = components.Length == 1 ? (1, 1) : (header.X, header.Y);
            return Enumerable.Range(0, width * height)
                .Select(block => new DcBlock(part, number, block % width, block / width, width, height * header.BlocksX));
        }),
    ];

    /// <summary>Its coefficient.</summary>
    /// <param name="x">Units left of it.</param>
    /// <param name="y">Rows of units above it.</param>
    internal short* At(int x, int y) => _first + (nint)y * _strideY + x * _strideX;
}
