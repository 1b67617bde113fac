namespace ImageLibrary.Worker.Isolation;

/// <summary>How the runtime and the codecs say that memory has run out.</summary>
internal static class HelperWords
{
    private static readonly string[] OutOfMemory =
    [
        "out of memory", "insufficient memory", "failed to allocate", "memory allocation failed", "unable to allocate", "cannot allocate",
        "outofmemory", "not enough memory",
    ];

    internal static bool IsOutOfMemory(string? text) =>
        text is not null && OutOfMemory.Any(words => text.Contains(words, StringComparison.OrdinalIgnoreCase));
}
