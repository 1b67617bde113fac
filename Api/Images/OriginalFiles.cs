using System.Globalization;
using ImageLibrary.Api.Files;
using ImageLibrary.Api.Problems;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Images;

/// <summary>Opens the sources of images, read-only.</summary>
internal sealed class OriginalFiles(ILibraryStore store, IArchiveOpener archives, SourceDisks disks)
{
    public async Task<OriginalFile> OpenAsync(string imageId, CancellationToken cancellationToken)
    {
        var image = await store.GetImageAsync(imageId, cancellationToken) ?? throw ApiProblemException.NotFound("image", imageId);
        var (library, collection) = await PlaceAsync(image, cancellationToken);
        return await OpenedAsync(library, () => Open(image, library, collection), cancellationToken);
    }

    /// <summary>Opens a loose file that is served in place of a derivative.</summary>
    /// <param name="image">The image.</param>
    /// <param name="modified">Modification time that it must have, in 100 ns ticks since the Unix epoch.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when it was modified.</returns>
    /// <exception cref="ApiProblemException">It cannot be read, so that nothing can be rendered from it either.</exception>
    public async Task<FileStream?> OpenAsync(ImageRecord image, long modified, CancellationToken cancellationToken)
    {
        var (library, collection) = await PlaceAsync(image, cancellationToken);
        return await OpenedAsync(library, () => OpenUnmodified(image, library, collection, modified), cancellationToken);
    }

    /// <summary>The problem to answer with when an original cannot be opened, or not read to its end.</summary>
    /// <param name="exception">Why.</param>
    internal static ApiProblemException Unreadable(Exception exception) =>
        Gone(exception is SourceException source ? source.Failure.Message : "The original cannot be read; is its drive connected?");

    private async Task<(Library Library, Collection Collection)> PlaceAsync(ImageRecord image, CancellationToken cancellationToken)
    {
        var collection = await store.GetCollectionAsync(image.CollectionId, cancellationToken);
        var library = await store.FindLibraryAsync(image.LibraryId, cancellationToken);
        return library is null || collection is null ? throw ApiProblemException.NotFound("image", image.Id) : (library, collection);
    }

    private async Task<T> OpenedAsync<T>(Library library, Func<T> open, CancellationToken cancellationToken)
        where T : IDisposable?
    {
        try
        {
            return await disks.OpenAsync(library.RootPath, open, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SourceException)
        {
            throw Unreadable(e);
        }
    }

    private OriginalFile Open(ImageRecord image, Library library, Collection collection)
    {
        if (collection.Kind != CollectionKind.Folder)
        {
            return OpenEntry(image, Resolve(library, collection.Path));
        }
        var path = Resolve(library, Path.Combine(collection.Path, image.Path));
        var stream = OpenFile(path);
        return new OriginalFile(stream, Path.GetFileName(image.Path), MediaTypeOf(image), ETagOf(path, stream.Length, null));
    }

    private static FileStream? OpenUnmodified(ImageRecord image, Library library, Collection collection, long modified)
    {
        var stream = OpenFile(Resolve(library, Path.Combine(collection.Path, image.Path)));
        if ((File.GetLastWriteTimeUtc(stream.SafeFileHandle) - DateTime.UnixEpoch).Ticks == modified)
        {
            return stream;
        }
        stream.Dispose();
        return null;
    }

    // A link may have taken the place of the file since the scan; it must not lead out of the library.
    private static string Resolve(Library library, string relative)
    {
        var root = RealPath.Of(library.RootPath);
        var path = RealPath.Of(Path.Combine(library.RootPath, relative));
        return root is not null && path is not null && RealPath.IsWithin(path, root)
            ? path
            : throw Gone("The original is not there any more; is its drive connected?");
    }

    private static FileStream OpenFile(string path)
    {
        // A named pipe has no length either, and opening one would wait for whoever writes to it.
        if (new FileInfo(path).Length == 0)
        {
            throw Gone("The file is empty.");
        }
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    private OriginalFile OpenEntry(ImageRecord image, string path)
    {
        var archive = archives.Open(path);
        try
        {
            var entry = archive.Entries.FirstOrDefault(entry => entry.Path == image.Path && entry.Occurrence == image.Occurrence)
                ?? throw Gone("The archive does not hold this picture any more.");
            if (entry.Failure is { } failure)
            {
                throw Gone(failure.Message);
            }
            var content = new ArchiveEntryStream(archive, entry);
            return new OriginalFile(content, Path.GetFileName(entry.Path), MediaTypeOf(image), ETagOf(path, entry.Size, entry.Index));
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    // By content where that is known: a picture may carry a wrong extension.
    private static string? MediaTypeOf(ImageRecord image) =>
        ImageFormats.MediaType(image.Facts?.Format ?? ImageFormats.FormatOfName(image.Path));

    private static string ETagOf(string path, long size, int? entry) => string.Create(
        CultureInfo.InvariantCulture, $"\"{File.GetLastWriteTimeUtc(path).Ticks:x}-{size:x}{(entry is null ? "" : $"-{entry:x}")}\"");

    private static ApiProblemException Gone(string detail) =>
        new(System.Net.HttpStatusCode.NotFound, "The original cannot be read", detail);
}

/// <summary>An opened source.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="FileName">Name for saving.</param>
/// <param name="MediaType">Media type when a browser may show it in place; null to offer it as a download.</param>
/// <param name="ETag">Strong entity tag, in quotes.</param>
internal sealed record OriginalFile(Stream Content, string FileName, string? MediaType, string ETag) : IDisposable
{
    /// <summary>Closes it.</summary>
    public void Dispose() => Content.Dispose();
}
