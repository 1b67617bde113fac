using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageLibrary.Archives.Native;

/// <summary>Finds libarchive where the system's loader finds it; the name differs by system.</summary>
internal static class ArchiveLibraryResolver
{
    internal const string Name = "archive";
    internal const string C = "libc";

    private static readonly string[] Candidates = ["libarchive.so.13", "libarchive.13.dylib", "libarchive.dylib", "libarchive.so"];

    // The only moment before the first call of any binding, whoever makes it.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(ArchiveLibraryResolver).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        foreach (var candidate in name == Name ? Candidates : [])
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                return handle;
            }
        }

        // Zero lets the runtime search by itself and report the name that is missing.
        return 0;
    }
}
