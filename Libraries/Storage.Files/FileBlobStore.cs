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

    // What is never filled with derivatives: the databases of store and engine may lie on the same disk, and without space they
    // could not even note that a job waits.
    private const long LargestReserve = 64L << 20;
    private const int ReserveShare = 10;

    // Asking the system for each file would cost a round trip where the folder lies on another machine.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly DriveInfo _disk;
    private readonly long _reserve;
    private readonly SafeFileHandle _root;
    private readonly TemporaryFiles _temporaryFiles;
    private long _room;
    private long _lookedAt;

    /// <summary>Opens or creates a cache folder, marks it as a cache for backup programs, and clears what a crash left unfinished.</summary>
    /// <param name="rootPath">Absolute path of the folder.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="IOException">The folder cannot be created or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public FileBlobStore(string rootPath, TimeProvider? time = null)
    {
        RootPath = Path.GetFullPath(rootPath);
        Directory.CreateDirectory(RootPath);
        _time = time ?? TimeProvider.System;
        _disk = new DriveInfo(RootPath);
        _reserve = Math.Min(LargestReserve, _disk.TotalSize / ReserveShare);
        _temporaryFiles = new TemporaryFiles(RootPath, _time);
        var tag = Path.Combine(RootPath, CacheFolderTag.FileName);
        if (!File.Exists(tag))
        {
            File.WriteAllText(tag, CacheFolderTag.Content);
        }
        _root = File.OpenHandle(tag);
    }

    /// <inheritdoc/>
    public string RootPath { get; }

    /// <inheritdoc/>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        var path = Resolve(name);
        if (!HasRoom(content.Length))
        {
            throw new DiskFullException(RootPath);
        }
        var temporary = _temporaryFiles.NewPath();
        try
        {
            using (var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                RandomAccess.Write(handle, content, 0);
            }
            Rename(temporary, path);
        }
        catch (IOException fault) when (IsFull(fault))
        {
            TemporaryFiles.Discard(temporary);
            throw new DiskFullException(RootPath, fault);
        }
        catch (IOException)
        {
            TemporaryFiles.Discard(temporary);
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
        if (NativeMethods.SyncFileSystem(_root) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw error is NoSpace or QuotaExceeded
                ? new DiskFullException(RootPath)
                : new IOException($"Making {RootPath} durable failed with error {error}.");
        }
    }

    /// <inheritdoc/>
    public long FreeBytes() => Math.Max(0, _disk.AvailableFreeSpace - _reserve);

    /// <summary>Closes the folder.</summary>
    public void Dispose() => _root.Dispose();

    private bool HasRoom(int length)
    {
        // Some file systems do not tell their size, and so tell of no free space either.
        if (_reserve == 0)
        {
            return true;
        }
        if (_time.GetElapsedTime(Volatile.Read(ref _lookedAt)) < LookInterval && Interlocked.Add(ref _room, -length) >= 0)
        {
            return true;
        }
        var free = FreeBytes();
        Volatile.Write(ref _room, free - length);
        Volatile.Write(ref _lookedAt, _time.GetTimestamp());
        return length <= free;
    }

    private static bool IsFull(IOException fault) => (fault.HResult & 0xFFFF) is NoSpace or QuotaExceeded;

    // Nearly always the folder is there, so it is made only where moving fails; a list of those made would grow with the library.
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

    private string Resolve(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var path = Path.Combine(RootPath, name);
        // A name in its plainest form cannot climb out of the folder, and no file has two names.
        return Path.GetFullPath(path) == path && path.Length > RootPath.Length + 1 && path.StartsWith(RootPath + "/", StringComparison.Ordinal)
            && path[^1] != '/' && name != CacheFolderTag.FileName && !name.StartsWith(TemporaryFiles.Folder + "/", StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"'{name}' is not a name within the cache folder.", nameof(name));
    }
}
