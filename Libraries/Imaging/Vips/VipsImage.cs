using System.Runtime.InteropServices;
using ImageLibrary.Imaging.Native;

namespace ImageLibrary.Imaging.Vips;

/// <summary>A reference to a VipsImage.</summary>
internal sealed unsafe class VipsImage : SafeHandle
{
    internal const int FormatByte = 0;
    internal const int InterpretationGray = 1;
    internal const int InterpretationCmyk = 15;
    internal const int InterpretationSrgb = 22;

    /// <summary>Name of the field that holds the embedded profile.</summary>
    internal const string ProfileField = "icc-profile-data";

    internal VipsImage(nint owned)
        : base(0, ownsHandle: true)
    {
        SetHandle(owned);
        if (owned == 0)
        {
            throw new VipsException(VipsRuntime.DrainErrors());
        }
    }

    public override bool IsInvalid => handle == 0;

    internal int Width => VipsNative.ImageWidth(this);

    internal int Height => VipsNative.ImageHeight(this);

    internal int Bands => VipsNative.ImageBands(this);

    internal int Format => VipsNative.ImageFormat(this);

    /// <summary>Bytes of a pixel with all of its bands. Source: VipsBandFormat.</summary>
    internal int PixelBytes => Bands * Format switch
    {
        FormatByte or 1 => 1,
        2 or 3 => 2,
        4 or 5 or 6 => 4,
        7 or 8 => 8,
        _ => 16,
    };

    internal int Interpretation => VipsNative.ImageInterpretation(this);

    internal int Orientation => VipsNative.ImageOrientation(this);

    internal int Pages => VipsNative.ImagePages(this);

    internal bool HasAlpha => VipsNative.ImageHasAlpha(this) != 0;

    /// <summary>The samples of an image that lies in memory, rows without gaps.</summary>
    internal byte* Data
    {
        get
        {
            var data = VipsNative.ImageData(this);
            return data is null ? throw new VipsException(VipsRuntime.DrainErrors()) : data;
        }
    }

    /// <summary>Wraps interleaved 8-bit samples, which must outlive the image and all made from it.</summary>
    internal static VipsImage FromMemory(byte* data, int width, int height, int bands) =>
        new(VipsNative.ImageFromMemory(data, (nuint)width * (nuint)height * (nuint)bands, width, height, bands, FormatByte));

    /// <summary>Runs what leads to this image and keeps the result in memory.</summary>
    internal VipsImage CopyMemory() => new(VipsNative.ImageCopyMemory(this));

    /// <summary>Makes running and later evaluations of this image fail; may be called from any thread.</summary>
    internal void Kill() => VipsNative.ImageSetKill(this, 1);

    internal bool HasField(string name) => VipsNative.ImageFieldType(this, name) != 0;

    /// <summary>A field of bytes; empty when absent.</summary>
    internal ReadOnlySpan<byte> Blob(string name) =>
        HasField(name) && VipsNative.ImageGetBlob(this, name, out var data, out var length) == 0
            ? new ReadOnlySpan<byte>(data, checked((int)length))
            : [];

    /// <summary>Sets a field of bytes on an image that only this code sees.</summary>
    internal void SetBlob(string name, ReadOnlySpan<byte> content)
    {
        fixed (byte* data = content)
        {
            VipsNative.ImageSetBlobCopy(this, name, data, (nuint)content.Length);
        }
    }

    /// <summary>Sets a number on an image that only this code sees.</summary>
    internal void SetInteger(string name, int content) => VipsNative.ImageSetInteger(this, name, content);

    protected override bool ReleaseHandle()
    {
        VipsNative.ObjectUnref(handle);
        return true;
    }
}
