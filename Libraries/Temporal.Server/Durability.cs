namespace ImageLibrary.Temporal.Server;

/// <summary>How far a change has travelled before the server acknowledges it.</summary>
public enum Durability
{
    /// <summary>Synchronised to the disk: survives the loss of power.</summary>
    Full,

    /// <summary>Handed to the operating system: survives the crash of the process, not the loss of power.</summary>
    Normal,

    /// <summary>Kept in memory only: everything is gone when the server stops. Implied where no database file is named.</summary>
    Memory,
}
