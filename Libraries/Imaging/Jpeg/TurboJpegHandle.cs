using System.Runtime.InteropServices;
using ImageLibrary.Imaging.Native;

namespace ImageLibrary.Imaging.Jpeg;

/// <summary>A TurboJPEG instance. Its error message belongs to it alone, not to the process.</summary>
internal sealed class TurboJpegHandle : SafeHandle
{
    private TurboJpegHandle(nint instance)
        : base(0, ownsHandle: true) => SetHandle(instance);

    public override bool IsInvalid => handle == 0;

    /// <summary>Whether the last call succeeded in part, with a warning about the data.</summary>
    internal bool LastWasWarning => TurboJpegNative.GetErrorCode(this) == TurboJpegNative.ErrorWarning;

    /// <summary>The message of the last call that failed.</summary>
    internal string LastMessage => Marshal.PtrToStringUTF8(TurboJpegNative.GetErrorString(this)) ?? "unknown error";

    internal static TurboJpegHandle ForDecoding() => Checked(new TurboJpegHandle(TurboJpegNative.InitDecompress()));

    internal static TurboJpegHandle ForEncoding() => Checked(new TurboJpegHandle(TurboJpegNative.InitCompress()));

    protected override bool ReleaseHandle() => TurboJpegNative.Destroy(handle) == 0;

    private static TurboJpegHandle Checked(TurboJpegHandle created) =>
        created.IsInvalid ? throw new TurboJpegException("TurboJPEG could not be started") : created;
}
