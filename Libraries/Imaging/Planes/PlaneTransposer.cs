using System.Runtime.CompilerServices;

namespace ImageLibrary.Imaging.Planes;

/// <summary>Exchanges rows and columns of a plane.</summary>
internal static unsafe class PlaneTransposer
{
    // Blocks this large keep both sides of the copy in the first-level cache.
    private const int Block = 32;

    /// <summary>Fills <paramref name="target"/>, whose width is the source's height and the other way round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Transpose(Plane source, Plane target)
    {
        for (var blockY = 0; blockY < target.Height; blockY += Block)
        {
            var endY = Math.Min(blockY + Block, target.Height);
            for (var blockX = 0; blockX < target.Width; blockX += Block)
            {
                var endX = Math.Min(blockX + Block, target.Width);
                for (var y = blockY; y < endY; y++)
                {
                    var column = source.Row(blockX) + y;
                    var row = target.Row(y);
                    for (var x = blockX; x < endX; x++)
                    {
                        row[x] = *column;
                        column += source.Stride;
                    }
                }
            }
        }
    }
}
