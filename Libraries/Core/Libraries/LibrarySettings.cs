namespace ImageLibrary.Core;

/// <summary>Settings of one library. Every value has a default that suits most libraries.</summary>
public sealed record LibrarySettings
{
    /// <summary>Glob patterns of relative paths that are left out, beside the default excludes.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Collections that a library scan processes at once, 1 to 64.</summary>
    public int MaxConcurrentCollections { get; init; } = 4;

    /// <summary>The derivatives that are made of every image, at most one per kind.</summary>
    public IReadOnlyList<DerivativeSpec> Derivatives { get; init; } = DerivativeSpec.Defaults;

    /// <summary>
    /// A loose file is served itself, with its metadata, where a derivative would only be a copy of it without; nothing is written for
    /// it. Such a picture is shown only as long as its source is there.
    /// </summary>
    public bool ServeOriginals { get; init; }
}
