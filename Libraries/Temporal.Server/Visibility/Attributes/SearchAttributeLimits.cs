namespace ImageLibrary.Temporal.Server.Visibility.Attributes;

/// <summary>The official server's default limits of an execution's search attributes, and ours of a namespace's definitions.</summary>
internal static class SearchAttributeLimits
{
    /// <summary>Most attributes of one execution.</summary>
    public const int MaxKeys = 100;

    /// <summary>Most bytes of one value.</summary>
    public const int MaxValueBytes = 2 * 1024;

    /// <summary>Most bytes of all names and values of one execution.</summary>
    public const int MaxTotalBytes = 40 * 1024;

    /// <summary>Most custom attributes of a namespace.</summary>
    public const int MaxCustomAttributes = 200;

    /// <summary>Most characters of a custom attribute's name.</summary>
    public const int MaxNameLength = 200;
}
