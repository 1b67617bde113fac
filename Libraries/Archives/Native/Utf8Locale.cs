using System.Runtime.InteropServices;

namespace ImageLibrary.Archives.Native;

/// <summary>
/// Gives the calling thread a UTF-8 locale for a while. libarchive converts the names of 7z and rar into the locale's
/// character set, and a .NET process has the locale "C", in which a name beyond ASCII is lost.
/// </summary>
internal readonly partial struct Utf8Locale : IDisposable
{
    private const int CharacterTypeMask = 1;
    private static readonly nint Utf8 = NewLocale(CharacterTypeMask, "C.UTF-8", 0);

    private readonly nint _former;

    private Utf8Locale(nint former) => _former = former;

    internal static Utf8Locale Enter() => new(Utf8 == 0 ? 0 : UseLocale(Utf8));

    public void Dispose()
    {
        if (_former != 0)
        {
            _ = UseLocale(_former);
        }
    }

    [LibraryImport(ArchiveLibraryResolver.C, EntryPoint = "newlocale", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NewLocale(int mask, string name, nint former);

    [LibraryImport(ArchiveLibraryResolver.C, EntryPoint = "uselocale")]
    private static partial nint UseLocale(nint locale);
}
