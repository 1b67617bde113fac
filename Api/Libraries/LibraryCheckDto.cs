namespace ImageLibrary.Api.Libraries;

/// <summary>What choosing a folder as library would mean.</summary>
public sealed record LibraryCheckDto
{
    /// <summary>The folder, without links.</summary>
    public required string RootPath { get; init; }

    /// <summary>Whether it is a folder that can be listed.</summary>
    public required bool Readable { get; init; }

    /// <summary>Whether it can become a library: it is readable and nothing speaks against it; else the message says what.</summary>
    public required bool Allowed { get; init; }

    /// <summary>One sentence when it is missing, refused, overlaps with a library, or holds no pictures; else null.</summary>
    public string? Message { get; init; }

    /// <summary>The library that it overlaps with; null when none.</summary>
    public string? ConflictingLibraryId { get; init; }

    /// <summary>Whether its file system is reached over a network.</summary>
    public bool Network { get; init; }

    /// <summary>Name of the file system, such as <c>ext4</c>; null when unknown.</summary>
    public string? FileSystem { get; init; }

    /// <summary>Whether everything was seen; else there is more than the counts say.</summary>
    public bool Complete { get; init; }

    /// <summary>Folders looked at.</summary>
    public long Folders { get; init; }

    /// <summary>Files that look like images.</summary>
    public long Images { get; init; }

    /// <summary>Files that look like archives.</summary>
    public long Archives { get; init; }

    /// <summary>Other files.</summary>
    public long OtherFiles { get; init; }
}
