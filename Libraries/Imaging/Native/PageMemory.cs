using System.Runtime.InteropServices;

namespace ImageLibrary.Imaging.Native;

/// <summary>
/// Whole pages from the operating system. The C allocator would keep freed buffers of pictures in pieces, between which larger
/// ones do not fit: a process then grows to twice of what it uses. Sources: mmap(2), madvise(2) and munmap(2) on Linux.
/// </summary>
internal static unsafe partial class PageMemory
{
    private const nuint Alignment = 64;
    private const nuint HugePage = 2 << 20;
    private const int UseHugePages = 14;
    private const int ReadWrite = 1 | 2;
    private const int PrivateAnonymous = 0x02 | 0x20;

    /// <summary>Allocates.</summary>
    /// <exception cref="InsufficientMemoryException">The system has no more memory, or a limit is reached.</exception>
    internal static void* Allocate(nuint size)
    {
        if (!OperatingSystem.IsLinux())
        {
            return NativeMemory.AlignedAlloc(size, Alignment);
        }

        var memory = Map(0, size, ReadWrite, PrivateAnonymous, file: -1, offset: 0);
        if (memory == -1)
        {
            throw new InsufficientMemoryException();
        }

        if (size >= HugePage)
        {
            // Large pages are given in one step instead of 512. A refusal costs speed only.
            _ = Advise(memory, size, UseHugePages);
        }

        return (void*)memory;
    }

    /// <summary>Frees what <see cref="Allocate"/> gave.</summary>
    internal static void Free(void* memory, nuint size)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Unmap((nint)memory, size);
        }
        else
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    [LibraryImport(NativeLibraryResolver.C, EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport(NativeLibraryResolver.C, EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);

    [LibraryImport(NativeLibraryResolver.C, EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
