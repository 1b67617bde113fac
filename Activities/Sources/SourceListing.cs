using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>The pictures of one collection as they lie on disk now.</summary>
/// <param name="Images">In natural order.</param>
/// <param name="Fingerprint">Fingerprint to compare with the next scan's.</param>
/// <param name="Failure">Why the collection as a whole cannot be read; then nothing is known of its pictures.</param>
/// <param name="EntryFailures">What is refused or damaged in it.</param>
public sealed record SourceListing(
    IReadOnlyList<ListedImage> Images, string Fingerprint, ImageFailure? Failure, IReadOnlyList<ListedFailure> EntryFailures)
{
    /// <summary>The remark on an archive of documents, music or the like. It is no failure of a scan, and no reason to read it again.</summary>
    public static ImageFailure NoPictures { get; } = new(FailureClass.Empty, "The archive holds no pictures.");

    /// <summary>Whether pictures may be missing here that are there, because a part of the archive is damaged.</summary>
    public bool Incomplete { get; private init; }

    /// <summary>Whether the folder holds no picture, or the archive is gone: deleted, or on a disk that is away.</summary>
    public bool NothingThere { get; private init; }

    /// <summary>What a person should know of a collection that has nothing to show and in which nothing is wrong; else null.</summary>
    public ImageFailure? Remark { get; private init; }

    /// <summary>Whether the archive can only be read from its beginning to its end.</summary>
    public bool Sequential { get; private init; }

    /// <summary>Lists a collection.</summary>
    /// <param name="reader">Lists folders.</param>
    /// <param name="archives">Opens archives.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Ends the reading of an archive.</param>
    /// <exception cref="IOException">The disk does not answer.</exception>
    public static SourceListing Read(
        FolderReader reader, IArchiveOpener archives, Collection collection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(archives);
        ArgumentNullException.ThrowIfNull(collection);
        if (reader.LeadsElsewhere(collection.Path, collection.Kind))
        {
            return Unread(new ImageFailure(FailureClass.UnsafePath, "A link has taken its place, and leads elsewhere; it was not followed."));
        }
        return collection.Kind == CollectionKind.Folder ? OfFolder(reader, collection) : OfArchive(reader, archives, collection, cancellationToken);
    }

    /// <summary>A collection of which nothing is known, so nothing is taken for removed.</summary>
    /// <param name="failure">Why.</param>
    public static SourceListing Unread(ImageFailure failure) => new([], "", failure, []);

    private static SourceListing OfFolder(FolderReader reader, Collection collection)
    {
        var listing = reader.Read(collection.Path);
        return new SourceListing(
            [.. listing.Images.Select(file => new ListedImage(file.Name, 0, file.Size, file.Modified, null))],
            Fingerprints.Of(listing.Images),
            listing.Complete ? null : ImageFailure.Of(FailureClass.Permission),
            [])
        {
            NothingThere = listing.Images.Count == 0,
        };
    }

    private static SourceListing OfArchive(
        FolderReader reader, IArchiveOpener archives, Collection collection, CancellationToken cancellationToken)
    {
        var file = new FileInfo(reader.Absolute(collection.Path));
        if (!file.Exists)
        {
            return new SourceListing([], "", null, []) { NothingThere = true };
        }
        var fingerprint = Fingerprints.Of([ListedFile.Of(file.Name, file)]);
        if (file.Length == 0)
        {
            // Never opened: it may be a pipe that nobody writes to.
            return new SourceListing([], fingerprint, ImageFailure.Of(FailureClass.Empty), []);
        }
        try
        {
            using var archive = archives.Open(file.FullName, cancellationToken);
            if (ArchiveContent.WhyEmpty(archive) is { } empty)
            {
                return new SourceListing([], fingerprint, empty, []);
            }
            var images = ArchiveContent.Images(archive)
                .Select(entry => new ListedImage(entry.Path, entry.Occurrence, entry.Size, entry.Modified, entry.Failure))
                .ToList();
            images.Sort((left, right) => left.SortKey.AsSpan().SequenceCompareTo(right.SortKey));
            var refused = Refused(archives, archive, images);
            return new SourceListing([.. images.Where(image => image.Failure is null)], fingerprint, null, refused)
            {
                Remark = images.Count == 0 && refused.Count == 0 ? NoPictures : null,
                Incomplete = archive.Damage is not null,
                Sequential = archive.IsSequential,
            };
        }
        catch (SourceException exception)
        {
            return new SourceListing([], fingerprint, exception.Failure, []);
        }
        catch (UnauthorizedAccessException)
        {
            return new SourceListing([], fingerprint, ImageFailure.Of(FailureClass.Permission), []);
        }
        catch (Exception exception) when (PictureFault.IsOfContent(exception))
        {
            return new SourceListing([], fingerprint, PictureFault.Of(exception).Failure, []);
        }
    }

    private static List<ListedFailure> Refused(IArchiveOpener archives, IArchive archive, List<ListedImage> images)
    {
        var refused = images.Where(image => image.Failure is not null)
            .Select(image => new ListedFailure(image.Path, image.Failure!, Protects: false))
            .ToList();
        refused.AddRange(ArchiveContent.Nested(archives, archive)
            .Select(entry => new ListedFailure(entry.Path, entry.Failure!, Protects: false)));
        if (archive.Damage is { } damage)
        {
            refused.Add(new ListedFailure("", damage, Protects: true));
        }
        return refused;
    }
}

/// <summary>A picture as it lies on disk now.</summary>
/// <param name="Path">File name or entry path.</param>
/// <param name="Occurrence">Number of earlier entries with the same path.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Modification time in 100 ns ticks since the Unix epoch.</param>
/// <param name="Failure">Why it is refused; else null.</param>
public sealed record ListedImage(string Path, int Occurrence, long Size, long Modified, ImageFailure? Failure)
{
    /// <summary>Place in natural order.</summary>
    public byte[] SortKey { get; } = NaturalSortKey.Create(Path, Occurrence);
}
