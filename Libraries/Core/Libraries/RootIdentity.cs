namespace ImageLibrary.Core;

/// <summary>What tells a root folder from an empty mount point that took its place.</summary>
/// <param name="Device">Device number of the file system.</param>
/// <param name="Inode">Inode of the folder.</param>
/// <param name="FileSystemType">Type number of the file system, as statfs reports it.</param>
public sealed record RootIdentity(long Device, long Inode, long FileSystemType);
