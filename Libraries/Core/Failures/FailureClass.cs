namespace ImageLibrary.Core;

/// <summary>Why a picture, an archive or a folder could not be used. The names are part of the REST contract.</summary>
public enum FailureClass
{
    /// <summary>The file has no content.</summary>
    Empty,

    /// <summary>The file ends too early to show anything useful.</summary>
    Truncated,

    /// <summary>The content cannot be decoded.</summary>
    Corrupt,

    /// <summary>The source is damaged, but most of it is shown.</summary>
    DamagedSource,

    /// <summary>The content is not of a supported format.</summary>
    Unsupported,

    /// <summary>A RAW file without embedded preview.</summary>
    NoPreview,

    /// <summary>Beyond a limit of size, pixels or memory.</summary>
    TooLarge,

    /// <summary>An archive with more entries than allowed.</summary>
    TooManyEntries,

    /// <summary>Not done before its deadline.</summary>
    Timeout,

    /// <summary>The archive or entry is encrypted.</summary>
    Encrypted,

    /// <summary>An entry name or link that leaves its archive or root.</summary>
    UnsafePath,

    /// <summary>The operating system refused access.</summary>
    Permission,

    /// <summary>The name cannot be represented, so the file is never opened.</summary>
    Unreadable,

    /// <summary>Reading failed.</summary>
    IoError,

    /// <summary>Rendering it killed a process.</summary>
    Crashed,
}
