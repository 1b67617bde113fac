using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>The frame of a JPEG, and the DC coefficients of its components.</summary>
internal sealed unsafe class DcFrame : IDisposable
{
    private readonly NativeBuffer _coefficients;

    internal DcFrame(JpegFrame header, NativeBufferPool pool)
    {
        Header = header;
        var units = (nint)header.UnitsX * header.UnitsY;
        _coefficients = pool.Rent((nuint)units * (nuint)header.Components.Sum(component => component.X * component.Y) * sizeof(short));
        Components = new DcComponent[header.Components.Length];
        var coefficients = (short*)_coefficients.Pointer;
        for (var i = 0; i < Components.Length; i++)
        {
            Components[i] = new DcComponent(header.Components[i], coefficients);
            coefficients += units * header.Components[i].X * header.Components[i].Y;
        }
    }

    internal JpegFrame Header { get; }

    internal DcComponent[] Components { get; }

    public void Dispose() => _coefficients.Dispose();
}
