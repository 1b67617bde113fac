using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>Writes derivatives into a folder, which must exist.</summary>
internal sealed class OutputFolder(string path)
{
    /// <summary>Writes a derivative, over a former one.</summary>
    /// <param name="stem">Path below the folder, without kind and extension.</param>
    /// <param name="derivative">The derivative.</param>
    /// <exception cref="SourceException">It cannot have that name.</exception>
    /// <exception cref="IOException">The folder is gone, or its disk is full or takes nothing else.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    /// <exception cref="ArgumentException">The disk takes no file that large.</exception>
    internal void Write(string stem, RenderedDerivative derivative)
    {
        var extension = derivative.Facts.Format == "jpeg" ? "jpg" : derivative.Facts.Format;
        var file = Path.Combine(path, $"{stem}.{derivative.Kind}.{extension}");
        var content = derivative.Content.Memory.Span;
        try
        {
            Write(file, content);
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

        using var handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write);
        try
        {
            RandomAccess.Write(handle, content, fileOffset: 0);
        }
        catch
        {
            // Half a picture must not look like a whole one.
            File.Delete(file);
            throw;
        }
    }

    private bool TakesUnderAnotherName(ReadOnlySpan<byte> content)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(path, $".{Guid.NewGuid():N}"),
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
