using System.Globalization;
using ImageLibrary.Core;

namespace ImageLibrary.Worker.Isolation;

/// <summary>How the runtime and the codecs say that memory has run out.</summary>
internal static class HelperWords
{
    private static readonly string[] OutOfMemory =
    [
        "out of memory", "insufficient memory", "failed to allocate", "memory allocation failed", "unable to allocate", "cannot allocate",
        "outofmemory", "not enough memory",
    ];

    /// <summary>The failure of a picture that needs more memory than a helper may take.</summary>
    internal static ImageFailure TooLarge(long memory) => new(FailureClass.TooLarge, string.Create(
        CultureInfo.InvariantCulture,
        $"Rendering the image needs more memory than {memory:N0} bytes; the setting is {LimitNames.Describe(LimitNames.HelperMemory)}."));

    internal static bool IsOutOfMemory(string? text) =>
        text is not null && OutOfMemory.Any(words => text.Contains(words, StringComparison.OrdinalIgnoreCase));
}
