using ImageLibrary.Core;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Activities;

/// <summary>
/// Brings one picture up to date, on a rendering thread. What the picture itself is to blame for is an outcome; only
/// infrastructure throws.
/// </summary>
/// <param name="store">The store, asked for former places of new pictures.</param>
/// <param name="blobs">The cache folder.</param>
/// <param name="renderer">Looks at derivatives.</param>
/// <param name="pictures">Decodes sources.</param>
/// <param name="inFlight">Note of pictures in flight.</param>
/// <param name="claims">Takeovers in work.</param>
/// <param name="logger">Log.</param>
public sealed partial class PictureProcessor(
    ILibraryStore store, IBlobStore blobs, IImageRenderer renderer, PictureRenderer pictures, InFlightFile inFlight, MoveClaims claims,
    ILogger<PictureProcessor> logger)
{
    /// <summary>Compares, takes over or renders.</summary>
    /// <param name="work">What the pictures of the batch share.</param>
    /// <param name="picture">The picture as it was read.</param>
    /// <param name="stop">Ends the wait for memory; a picture in work is completed.</param>
    /// <exception cref="OperationCanceledException">Stopped before it was begun.</exception>
    /// <exception cref="DiskFullException">No space is left for derivatives.</exception>
    /// <exception cref="IOException">The cache folder failed.</exception>
    public PictureOutcome Process(PictureWork work, ReadPicture picture, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(picture);
        var image = picture.Image;
        if (picture.Content is not { } content)
        {
            return Unread(image, picture.Failure!);
        }
        var unchanged = image.ContentHash == content.Hash;
        var current = image with { SourceSize = content.Bytes.Length, SourceModified = content.Modified };
        if (unchanged && image.PlannedWork != PlannedWork.Overwrite && Missing(work, image, unchanged).Count == 0)
        {
            return Outcome(current, content, OutcomeKind.Skipped, ChangeKind.Unchanged) with
            {
                Derivatives = image.Derivatives.Any(derivative => derivative.IsOriginal) ? image.Derivatives.FoundAgain(content) : null,
            };
        }
        return TakeOver(work, current, content) ?? Make(work, current, content, unchanged, stop);
    }

    /// <summary>What comes of a picture that cannot be read.</summary>
    /// <param name="image">The image as planned.</param>
    /// <param name="failure">Why.</param>
    public static PictureOutcome Unread(ImageRecord image, ImageFailure failure)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new PictureOutcome(image.Id, OutcomeKind.Failed)
        {
            Change = image.PlannedWork == PlannedWork.Added ? ChangeKind.Added : ChangeKind.Unchanged,
            SourceSize = image.SourceSize,
            SourceModified = image.SourceModified,
            Generation = image.Generation,
            Failure = failure,
        };
    }

    private static PictureOutcome Outcome(ImageRecord image, SourceContent content, OutcomeKind kind, ChangeKind change) =>
        new(image.Id, kind)
        {
            Change = change,
            SourceSize = image.SourceSize,
            SourceModified = image.SourceModified,
            ContentHash = content.Hash,
            Generation = image.Generation,
            BytesRead = content.Bytes.Length,
        };

    private static List<DerivativeRecipe> Missing(PictureWork work, ImageRecord image, bool unchanged) =>
        [.. work.Recipes.Where(recipe => !unchanged
            || image.PlannedWork == PlannedWork.Overwrite
            || !recipe.IsMadeOf(image))];

    /// <summary>A new picture with the content of one whose source is gone has moved: its derivatives move with it.</summary>
    private PictureOutcome? TakeOver(PictureWork work, ImageRecord image, SourceContent content)
    {
        if (!work.FindMoves || image.PlannedWork != PlannedWork.Added)
        {
            return null;
        }
        // A rendering thread may block: nobody else runs on it.
        var candidates = store.FindByContentAsync(work.Library.Id, [content.Hash]).GetAwaiter().GetResult();
        var former = candidates.FirstOrDefault(candidate =>
            candidate.Image.Id != image.Id
            && work.Recipes.All(recipe => recipe.IsMadeOf(candidate.Image))
            && candidate.Image.Derivatives.All(blobs.Holds)
            && IsGone(work.Library, candidate)
            && claims.TryClaim(candidate.Image.Id));
        return former is null ? null : Outcome(image, content, OutcomeKind.Reused, ChangeKind.Moved) with
        {
            Facts = former.Image.Facts,
            Derivatives = former.Image.Derivatives.FoundAgain(content),
            Thumbhash = former.Image.Thumbhash,
            Failure = former.Image.Failure,
            MovedFromImageId = former.Image.Id,
        };
    }

    private static bool IsGone(Library library, ImageInCollection candidate)
    {
        if (candidate.Image.State == ImageState.Removed)
        {
            return true;
        }
        var collection = Path.Combine(library.RootPath, candidate.CollectionPath);
        return !Path.Exists(candidate.CollectionKind == CollectionKind.Folder ? Path.Combine(collection, candidate.Image.Path) : collection)
            // The disk may have gone away since the new picture was read, and then everything looks gone.
            && RootGuard.WhyOffline(library) is null;
    }

    private PictureOutcome Make(PictureWork work, ImageRecord image, SourceContent content, bool unchanged, CancellationToken stop)
    {
        var change = image.PlannedWork == PlannedWork.Added ? ChangeKind.Added
            : unchanged || image.ContentHash is null ? ChangeKind.Unchanged
            : ChangeKind.Changed;
        var missing = Missing(work, image, unchanged);
        if (!unchanged && missing.Any(recipe =>
            image.Derivative(recipe.Spec.Kind)?.FileName == DerivativeName.Create(image, recipe.Spec, recipe.Fingerprint)))
        {
            // Edited in place: size and time are those of the former content, so only the generation tells the names apart.
            image = image with { Generation = image.Generation + 1 };
        }
        try
        {
            var made = new Dictionary<string, Derivative>();
            byte[]? thumbhash = null;
            foreach (var recipe in missing.ToList())
            {
                if (FindOnDisk(image, recipe) is var (derivative, file))
                {
                    made[recipe.Spec.Kind] = derivative;
                    missing.Remove(recipe);
                    thumbhash = recipe.Spec.Kind == DerivativeSpec.Thumbnail ? renderer.Thumbhash(file) : thumbhash;
                }
            }
            var outcome = missing.Count == 0
                ? Outcome(image, content, OutcomeKind.Reused, change) with
                {
                    Facts = pictures.Inspect(work, image, content.Bytes),
                    Thumbhash = thumbhash,
                    Failure = content.Damaged ? ImageFailure.Of(FailureClass.DamagedSource) : null,
                }
                : Render(work, image, content, missing, made, change, stop);
            return outcome with
            {
                Derivatives = work.Recipes
                    .Select(recipe => made.GetValueOrDefault(recipe.Spec.Kind) ?? image.Derivative(recipe.Spec.Kind))
                    .OfType<Derivative>()
                    .FoundAgain(content),
            };
        }
        catch (SourceException exception)
        {
            inFlight.Clear(image.Id);
            return Outcome(image, content, OutcomeKind.Failed, change) with { Derivatives = [], Failure = exception.Failure };
        }
        catch (PictureCrashException exception)
        {
            LogCrash(exception, image.Path, work.Library.Name);
            if (exception.ByItself)
            {
                inFlight.Clear(image.Id);
            }
            return Outcome(image, content, OutcomeKind.Failed, change) with
            {
                Derivatives = [],
                Failure = ImageFailure.Of(FailureClass.Crashed),
                Quarantined = exception.ByItself,
            };
        }
    }

    private (Derivative Derivative, byte[] File)? FindOnDisk(ImageRecord image, DerivativeRecipe recipe)
    {
        var name = DerivativeName.Create(image, recipe.Spec, recipe.Fingerprint);
        return blobs.Read(name) is { } file && renderer.Inspect(file) is { } facts
            ? (new Derivative(recipe.Spec.Kind, name, facts.Width, facts.Height, file.Length, facts.Quality, facts.Format, recipe.Fingerprint), file)
            : null;
    }

    private PictureOutcome Render(
        PictureWork work, ImageRecord image, SourceContent content, List<DerivativeRecipe> missing,
        Dictionary<string, Derivative> made, ChangeKind change, CancellationToken stop)
    {
        // All derivatives come from one decode, also when only some are missing: a name stands for the same bytes always.
        using var result = pictures.Render(work, image, content.Bytes, stop);
        var written = 0L;
        foreach (var (recipe, derivative) in work.Recipes.Zip(result.Derivatives).Where(pair => missing.Contains(pair.First)))
        {
            var file = derivative.Content.Memory.Span;
            var name = DerivativeName.Create(image, recipe.Spec, recipe.Fingerprint);
            var served = recipe.ServesOriginals && derivative.MatchesSource;
            made[recipe.Spec.Kind] = new Derivative(
                recipe.Spec.Kind, name, derivative.Facts.Width, derivative.Facts.Height, served ? content.Bytes.Length : file.Length,
                derivative.Facts.Quality, derivative.Facts.Format, recipe.Fingerprint)
            {
                OriginalModified = served ? content.Modified : null,
            };
            if (!served)
            {
                blobs.Write(name, file);
                written += file.Length;
            }
        }
        return Outcome(image, content, OutcomeKind.Rendered, change) with
        {
            Facts = result.Facts,
            Thumbhash = result.Thumbhash,
            Failure = result.Damaged || content.Damaged ? ImageFailure.Of(FailureClass.DamagedSource) : null,
            BytesWritten = written,
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The helper process died while it rendered {Path} of {Library}")]
    private partial void LogCrash(Exception exception, string path, string library);
}

/// <summary>What the pictures of a batch share.</summary>
/// <param name="Library">The library.</param>
/// <param name="Recipes">The derivatives that each image shall have.</param>
/// <param name="Reader">Reads the sources.</param>
/// <param name="FindMoves">Look for the former places of new images.</param>
public sealed record PictureWork(Library Library, IReadOnlyList<DerivativeRecipe> Recipes, SourceReader Reader, bool FindMoves)
{
    /// <summary>Whether what cannot be read, or not in time, is to blame itself: the disk answers, again and again, but not for it.</summary>
    public bool UnreadableFails { get; init; }

    /// <summary>The derivatives.</summary>
    public IReadOnlyList<DerivativeSpec> Specs { get; } = [.. Recipes.Select(recipe => recipe.Spec)];
}
