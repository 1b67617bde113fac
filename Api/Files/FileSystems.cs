namespace ImageLibrary.Api.Files;

/// <summary>Tells local from network file systems.</summary>
public static class FileSystems
{
    // As the runtime names the types of statfs.
    private static readonly HashSet<string> Network = new(StringComparer.OrdinalIgnoreCase)
    {
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ceph", "coda", "ncp", "novell", "v9fs", "9p", "gfs", "gfs2",
        "lustre", "ocfs2", "panfs", "webdav", "sshfs", "fuse.sshfs",
    };

    /// <summary>Name of the file system of an existing path; null when it cannot be told.</summary>
    /// <param name="path">Absolute path.</param>
    public static string? NameOf(string path)
    {
        try
        {
            return new DriveInfo(path).DriveFormat;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether files of such a file system are reached over a network.</summary>
    /// <param name="name">Name of a file system.</param>
    public static bool IsNetwork(string name) => Network.Contains(name);
}
