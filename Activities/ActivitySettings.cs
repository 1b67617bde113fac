namespace ImageLibrary.Activities;

/// <summary>What the activities need to know of the process that runs them.</summary>
public sealed record ActivitySettings : RenderSettings
{
    /// <summary>So often what cannot be read is taken for a disk that went away, and tried again; then it is to blame itself.</summary>
    public const int PatientAttempts = 2;

    /// <summary>Data folder; never scanned.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Folder for the note of pictures in flight, of this process alone.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>Pictures rendered at once.</summary>
    public required int Workers { get; init; }

    /// <summary>Longest time for reading one picture; a disk that takes longer counts as gone.</summary>
    public TimeSpan ReadDeadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a job that waits looks whether it can go on.</summary>
    public required TimeSpan WaitInterval { get; init; }
}
