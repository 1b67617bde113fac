using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ImageLibrary.Imaging.Native;

namespace ImageLibrary.Imaging.Vips;

/// <summary>Starts libvips once for the process, set up for many small jobs on threads of our own.</summary>
internal static class VipsRuntime
{
    private static readonly Lazy<Version> Started = new(Start);

    /// <summary>Starts libvips if need be.</summary>
    /// <returns>Its version.</returns>
    internal static Version EnsureStarted() => Started.Value;

    /// <summary>Takes the messages that piled up; they belong to the process, so none may be shown to a user.</summary>
    internal static string DrainErrors()
    {
        var text = VipsNative.ErrorBufferCopy();
        if (text == 0)
        {
            return "unknown error";
        }

        var message = Marshal.PtrToStringUTF8(text) ?? "unknown error";
        VipsNative.Free(text);
        return message.Trim();
    }

    private static Version Start()
    {
        AllocatorNative.KeepLittle();

        // Codecs' warnings and complaints would go to stderr, without the name of the picture.
        _ = VipsNative.SetEnvironment("VIPS_WARNING", "1", 1);
        unsafe
        {
            _ = VipsNative.SetLogHandler(&IgnoreMessage, 0);
        }

        if (VipsNative.Init("imagelibrary") != 0)
        {
            throw new VipsException("libvips could not be started: " + DrainErrors());
        }

        // One picture a thread uses the processor better than many threads a picture, and no picture comes twice.
        VipsNative.SetConcurrency(1);
        VipsNative.SetCacheMax(0);
        VipsNative.BlockUntrusted(1);
        foreach (var loader in VipsLoader.Classes(SystemCodecs.Bound))
        {
            VipsNative.BlockOperation(loader, 0);
        }

        return new Version(VipsNative.Version(0), VipsNative.Version(1), VipsNative.Version(2));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void IgnoreMessage(nint domain, int level, nint message, nint state)
    {
    }
}
