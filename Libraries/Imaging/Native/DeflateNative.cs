using System.Runtime.InteropServices;

namespace ImageLibrary.Imaging.Native;

/// <summary>The part of libdeflate that unpacks a whole zlib stream at once. Source: libdeflate.h of libdeflate 1.x.</summary>
internal static unsafe partial class DeflateNative
{
    private const string Library = NativeLibraryResolver.Deflate;

    [LibraryImport(Library, EntryPoint = "libdeflate_alloc_decompressor")]
    internal static partial nint AllocateDecompressor();

    [LibraryImport(Library, EntryPoint = "libdeflate_free_decompressor")]
    internal static partial void FreeDecompressor(nint decompressor);

    /// <summary>Unpacks; 0 when the stream is sound and gives exactly <paramref name="targetLength"/> bytes.</summary>
    /// <param name="decompressor">From <see cref="AllocateDecompressor"/>.</param>
    /// <param name="source">The stream.</param>
    /// <param name="sourceLength">Its length.</param>
    /// <param name="target">Room for the content.</param>
    /// <param name="targetLength">Length of the content.</param>
    /// <param name="actualLength">Null: the length must be exact.</param>
    [LibraryImport(Library, EntryPoint = "libdeflate_zlib_decompress")]
    internal static partial int Decompress(
        SafeHandle decompressor, byte* source, nuint sourceLength, byte* target, nuint targetLength, nuint* actualLength);
}
