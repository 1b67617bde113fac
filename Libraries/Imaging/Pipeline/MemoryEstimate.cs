using ImageLibrary.Core;
using ImageLibrary.Imaging.Metadata;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>Estimates the peak memory of rendering, so that a budget can be kept before anything is decoded.</summary>
internal static class MemoryEstimate
{
    private const long Base = 4 << 20;

    // Its planes, as many bytes again where it is turned or converted, and the file.
    private const long OutputPixel = 9;

    // Rows that libvips keeps while it reduces a picture that arrives row by row; measured at 30,000 pixels a row.
    private const long SequentialRows = 2_200;

    // Of these, rows in which it has weighed colours by their opacity, or reduced more than 8 bits: as floats; measured at 65,500.
    private const long FloatRows = 160;
    private const long FloatPixel = 4 * sizeof(float);
    private const int OpaquePixel = 3;

    // Bytes for each sample of a row, of the rows between the vertical and the horizontal filter.
    private const long FilteredRow = 40;

    // For each byte of a pixel, what AV1's decoders hand over and what libvips makes of it; and what they keep of other pictures
    // and planes. Measured from 8 bits in 4:2:0 to 12 bits in 4:4:4 with alpha.
    private const long VideoCopies = 2;
    private const long VideoPixel = 14;

    /// <summary>Bytes, the source buffer not included.</summary>
    /// <param name="header">The source.</param>
    /// <param name="fileBytes">Its length.</param>
    /// <param name="width">Width of the largest derivative.</param>
    /// <param name="height">Height of the largest derivative.</param>
    /// <param name="outputPixels">Pixels of all derivatives.</param>
    internal static long PeakBytes(SourceHeader header, long fileBytes, int width, int height, long outputPixels)
    {
        var pixels = (long)header.Width * header.Height;
        return Base + outputPixels * OutputPixel + header.CopiedBytes + (header switch
        {
            // Decoders of our own copy the data without its stuffed bytes.
            { PlanesPath: true, Jpeg: { } jpeg } => fileBytes + Planes(header, jpeg, width, height) + header.Width * FilteredRow,
            // Planes of which two have a quarter of the samples.
            { PlanesPath: true, Format: ImageFormat.WebP } => pixels * 3 / 2,
            { Bmp: not null } => pixels * 3,
            // All rows, no larger packed, and their planes.
            { PlanesPath: true, Png: { } png } => png.DataBytes * 2 + png.PlaneBytes,
            { Jpeg: { } jpeg } => Rows(header) + Coefficients(header, jpeg),
            { Format: ImageFormat.Png or ImageFormat.Tiff } => Rows(header) + header.BufferedPixels * header.PixelBytes,
            // Measured: up to three copies of all pixels, at moments that differ from run to run.
            { Format: ImageFormat.WebP } => Rows(header) + pixels * 12,
            { Format: ImageFormat.Gif } => Rows(header) + pixels * 8,
            _ => pixels * (VideoPixel + VideoCopies * header.PixelBytes),
        });
    }

    private static long Planes(SourceHeader header, JpegHeader jpeg, int width, int height)
    {
        var (storedWidth, storedHeight) = header.Turned ? (height, width) : (width, height);
        var eighths = JpegReduction.PlaneEighths(jpeg, storedWidth, storedHeight);
        var samples = (long)header.Width * header.Height * (eighths * eighths) / 64 * jpeg.Components;
        // At an eighth, a coefficient for each block stands beside the planes.
        return samples + (eighths == 1 ? Blocks(header, jpeg) * sizeof(short) : 0) + Coefficients(header, jpeg);
    }

    /// <summary>Coefficients, and for each block which ones are not zero and their mean.</summary>
    private static long Coefficients(SourceHeader header, JpegHeader jpeg) =>
        jpeg.KeepsCoefficients ? Blocks(header, jpeg) * (64 * sizeof(short) + sizeof(ulong) + sizeof(short)) : 0;

    /// <summary>Blocks of all components, were they all of full size, filled up to units of the largest size.</summary>
    private static long Blocks(SourceHeader header, JpegHeader jpeg) => (header.Width + 31L) / 32 * 4 * ((header.Height + 15L) / 16 * 2) * jpeg.Components;

    private static long Rows(SourceHeader header)
    {
        var floats = header.PixelBytes > OpaquePixel ? Math.Min(header.Height, FloatRows) * FloatPixel : 0;
        return header.Width * (Math.Min(header.Height, SequentialRows) * Math.Max(4, header.PixelBytes) + floats);
    }
}
