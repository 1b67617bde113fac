using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>
/// Writes derivatives into a folder, which must exist. A file appears whole under its name or not at all; what a process that was
/// killed had begun is cleared by the next one that writes there.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="isSource">Whether a file is one that must stay as it is.</param>
internal sealed class OutputFolder(string path, Func<string, bool> isSource)
{
    private const string Begun = ".imagelibrary-";

    // Much longer than it takes to lock a file that was created.
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private readonly HashSet<string> _cleared = [];

    /// <summary>The file of a derivative.</summary>
    /// <param name="stem">Path below the folder, without kind and extension.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="format">Its format.</param>
    internal string FileOf(string stem, string kind, string format) =>
        Path.Combine(path, $"{stem}.{kind}.{(format == "jpeg" ? "jpg" : format)}");

    /// <summary>Whether a source would be lost if a file were written.</summary>
    internal bool WouldReplaceSource(string file) => File.Exists(file) && isSource(file);

    /// <summary>Writes a derivative, over a former one.</summary>
    /// <param name="stem">Path below the folder, without kind and extension.</param>
    /// <param name="derivative">The derivative.</param>
    /// <returns>Its file.</returns>
    /// <exception cref="SourceException">It cannot have that name, or that is a source's.</exception>
    /// <exception cref="IOException">The folder is gone, or its disk is full or takes nothing else.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    /// <exception cref="ArgumentException">The disk takes no file that large.</exception>
    internal string Write(string stem, RenderedDerivative derivative)
    {
        var file = FileOf(stem, derivative.Kind, derivative.Facts.Format);
        if (WouldReplaceSource(file))
        {
            throw new SourceException(new ImageFailure(FailureClass.IoError, $"Its derivative would replace {file}, which is a source itself."));
        }

        var content = derivative.Content.Memory.Span;
        try
        {
            Write(file, content);
            return file;
        }
        catch (Exception e) when (IsRefusal(e) && TakesUnderAnotherName(content))
        {
            throw new SourceException(new ImageFailure(FailureClass.IoError, $"The output folder does not take the file name {file}."), e);
        }
    }

    private void Write(string file, ReadOnlySpan<byte> content)
    {
        // A disk that went away must not be replaced by a folder where it was.
        if (Path.GetDirectoryName(file) is { } parent && parent != path && Directory.Exists(path))
        {
            Directory.CreateDirectory(parent);
        }

        var folder = Path.GetDirectoryName(file)!;
        Clear(folder);
        var begun = Path.Combine(folder, $"{Begun}{Guid.NewGuid():N}");
        using var handle = File.OpenHandle(begun, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        try
        {
            RandomAccess.Write(handle, content, fileOffset: 0);
            File.Move(begun, file, overwrite: true);
        }
        catch
        {
            File.Delete(begun);
            throw;
        }
    }

    /// <summary>
    /// Deletes what nobody writes any more: a file that is being written is locked, soon after it was created and before it has any content.
    /// </summary>
    private void Clear(string folder)
    {
        lock (_cleared)
        {
            if (!_cleared.Add(folder))
            {
                return;
            }
        }

        foreach (var begun in new DirectoryInfo(folder).EnumerateFiles(Begun + "*"))
        {
            try
            {
                if (begun.Length > 0 || TimeProvider.System.GetUtcNow() - begun.LastWriteTimeUtc > Forgotten)
                {
                    using var locked = File.OpenHandle(begun.FullName, FileMode.Open, FileAccess.Write, FileShare.None);
                    begun.Delete();
                }
            }
            catch (Exception e) when (IsRefusal(e))
            {
                // Locked, finished meanwhile, or somebody else's.
            }
        }
    }

    private bool TakesUnderAnotherName(ReadOnlySpan<byte> content)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(path, $"{Begun}{Guid.NewGuid():N}"),
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.DeleteOnClose });
            probe.Write(content);
            return true;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            return false;
        }
    }

    // A name that cannot be one, and a file that is too large for its disk, are what .NET calls arguments.
    private static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException or ArgumentException;
}
