using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ImageLibrary.Storage.Files;

internal static partial class NativeMethods
{
    /// <summary>Flushes the file system that holds an open file; 0 on success.</summary>
    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    internal static partial int SyncFileSystem(SafeFileHandle descriptor);
}
