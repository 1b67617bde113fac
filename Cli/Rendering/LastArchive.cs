using ImageLibrary.Core;

namespace ImageLibrary.Cli.Rendering;

/// <summary>Keeps the archive open that was read last.</summary>
internal sealed class LastArchive(IArchiveOpener archives) : IDisposable
{
    private string? _path;
    private IArchive? _archive;

    /// <summary>Opens an archive, unless it is the one that is open.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Ends the listing of it.</param>
    /// <exception cref="SourceException">It cannot be read as an archive.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal IArchive Open(string path, CancellationToken cancellationToken)
    {
        if (_path != path)
        {
            _archive?.Dispose();
            (_archive, _path) = (null, null);
            (_archive, _path) = (archives.Open(path, cancellationToken), path);
        }

        return _archive!;
    }

    public void Dispose() => _archive?.Dispose();
}
