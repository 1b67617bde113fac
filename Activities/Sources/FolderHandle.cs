using Microsoft.Win32.SafeHandles;

namespace ImageLibrary.Activities;

/// <summary>A folder opened by the system's own functions.</summary>
internal sealed class FolderHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Creates a handle for the marshaller to fill.</summary>
    public FolderHandle()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Posix.CloseFolder(handle) == 0;
}
