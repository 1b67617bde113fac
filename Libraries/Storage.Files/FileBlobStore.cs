using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ImageLibrary.Core;
using Microsoft.Win32.SafeHandles;

namespace ImageLibrary.Storage.Files;

/// <summary>
/// Derivatives as files in one cache folder. A file is written under a temporary name beside its siblings and renamed, so
/// that whatever lies under a final name is complete.
/// </summary>
public sealed class FileBlobStore : IBlobStore, IDisposable
{
    // Linux' numbers; .NET hands them out as the low half of an IOException's HResult.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int MostKnownFolders = 100_000;
    private const string TemporaryFolder = "tmp";

    private readonly ConcurrentDictionary<string, bool> _knownFolders = new(StringComparer.Ordinal);
    private readonly SafeFileHandle _root;
    private long _temporaryNames;

    /// <summary>Opens or creates a cache folder, marks it as a cache for backup programs, and clears what a crash left unfinished.</summary>
    /// <param name="rootPath">Absolute path of the folder.</param>
    /// <exception cref="IOException">The folder cannot be created or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public FileBlobStore(string rootPath)
    {
        RootPath = Path.GetFullPath(rootPath);
        Directory.CreateDirectory(RootPath);
        var temporary = Path.Combine(RootPath, TemporaryFolder);
        if (Directory.Exists(temporary))
        {
            Directory.Delete(temporary, recursive: true);
        }
        Directory.CreateDirectory(temporary);
        var tag = Path.Combine(RootPath, "CACHEDIR.TAG");
        if (!File.Exists(tag))
        {
            File.WriteAllText(tag, "Signature: 8a477f597d28d172789f06886806bc55\n# Derivatives made by ImageLibrary; see https://bford.info/cachedir/\n");
        }
        _root = File.OpenHandle(tag);
    }

    /// <inheritdoc/>
    public string RootPath { get; }

    /// <inheritdoc/>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        var path = Resolve(name);
        var temporary = Path.Combine(RootPath, TemporaryFolder, $"{Environment.ProcessId}-{Interlocked.Increment(ref _temporaryNames)}");
        try
        {
            EnsureFolder(Path.GetDirectoryName(path)!);
            using (var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                RandomAccess.Write(handle, content, 0);
            }
            Rename(temporary, path);
        }
        catch (IOException fault) when (IsFull(fault))
        {
            Discard(temporary);
            throw new DiskFullException(RootPath, fault);
        }
        catch (IOException)
        {
            Discard(temporary);
            throw;
        }
    }

    /// <inheritdoc/>
    public byte[]? Read(string name)
    {
        try
        {
            return File.ReadAllBytes(Resolve(name));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public FileStream? Open(string name)
    {
        try
        {
            return new FileStream(Resolve(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: false);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public long? Length(string name)
    {
        var file = new FileInfo(Resolve(name));
        return file.Exists ? file.Length : null;
    }

    /// <inheritdoc/>
    public void Delete(string name)
    {
        try
        {
            File.Delete(Resolve(name));
        }
        catch (DirectoryNotFoundException)
        {
            // Never written, or deleted with its folder.
        }
    }

    /// <inheritdoc/>
    public void Sync()
    {
        if (NativeMethods.SyncFileSystem(_root.DangerousGetHandle().ToInt32()) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw error is NoSpace or QuotaExceeded
                ? new DiskFullException(RootPath)
                : new IOException($"Making {RootPath} durable failed with error {error}.");
        }
    }

    /// <inheritdoc/>
    public long FreeBytes() => new DriveInfo(RootPath).AvailableFreeSpace;

    /// <summary>Closes the folder.</summary>
    public void Dispose() => _root.Dispose();

    private static bool IsFull(IOException fault) => (fault.HResult & 0xFFFF) is NoSpace or QuotaExceeded;

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (IOException)
        {
            // The next start clears the folder.
        }
    }

    // Folders may be cleaned away while the program runs; the second try makes them again.
    private static void Rename(string temporary, string path)
    {
        try
        {
            File.Move(temporary, path, overwrite: true);
        }
        catch (DirectoryNotFoundException)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(temporary, path, overwrite: true);
        }
    }

    private void EnsureFolder(string folder)
    {
        if (_knownFolders.ContainsKey(folder))
        {
            return;
        }
        Directory.CreateDirectory(folder);
        if (_knownFolders.Count >= MostKnownFolders)
        {
            _knownFolders.Clear();
        }
        _knownFolders[folder] = true;
    }

    private string Resolve(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var path = Path.GetFullPath(Path.Combine(RootPath, name));
        return path.StartsWith(RootPath + "/", StringComparison.Ordinal) && !name.StartsWith(TemporaryFolder + "/", StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"'{name}' is not a name within the cache folder.", nameof(name));
    }
}
