using Microsoft.Win32.SafeHandles;

namespace ImageLibrary.Archives.Native;

/// <summary>Owns a reader of libarchive.</summary>
internal sealed class ArchiveHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Called by the marshaller.</summary>
    public ArchiveHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle() => ArchiveNative.Free(handle) == ArchiveNative.Ok;
}
