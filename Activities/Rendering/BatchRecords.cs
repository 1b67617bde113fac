using System.Collections.Immutable;
using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>Turns what came of pictures into what the store records.</summary>
internal static class BatchRecords
{
    /// <summary>The image as it shall be.</summary>
    /// <param name="image">The image as planned.</param>
    /// <param name="outcome">What came of it.</param>
    public static ImageRecord Apply(ImageRecord image, PictureOutcome outcome)
    {
        var next = image with
        {
            SourceSize = outcome.SourceSize,
            SourceModified = outcome.SourceModified,
            ContentHash = outcome.ContentHash ?? image.ContentHash,
            Generation = outcome.Generation,
            Facts = outcome.Facts ?? image.Facts,
            Derivatives = outcome.Derivatives ?? image.Derivatives,
            Thumbhash = outcome.Thumbhash ?? image.Thumbhash,
            PlannedByJobId = null,
        };
        return outcome.Kind switch
        {
            OutcomeKind.Skipped => Confirmed(next),
            OutcomeKind.Failed => next with
            {
                State = outcome.Quarantined ? ImageState.Quarantined : ImageState.Failed,
                Failure = IsOfDamaged(image, outcome) ? image.Failure : outcome.Failure,
            },
            _ => next with { State = outcome.Failure is null ? ImageState.Ready : ImageState.Damaged, Failure = outcome.Failure },
        };
    }

    // The source was read and all derivatives are its own: whatever kept it from being read before is over.
    private static ImageRecord Confirmed(ImageRecord image) => image.Failure?.Class == FailureClass.DamagedSource
        ? image with { State = ImageState.Damaged }
        : image with { State = ImageState.Ready, Failure = null };

    // That its derivatives show a damaged source must not be forgotten when that cannot be read for a while.
    private static bool IsOfDamaged(ImageRecord image, PictureOutcome outcome) =>
        image.Failure?.Class == FailureClass.DamagedSource && image.Derivatives.Count > 0 && outcome.Derivatives is null;

    /// <summary>Counts of pictures.</summary>
    /// <param name="outcomes">What came of them.</param>
    public static ScanCounts Count(IReadOnlyList<PictureOutcome> outcomes) => new()
    {
        Rendered = outcomes.Count(outcome => outcome.Kind == OutcomeKind.Rendered),
        Reused = outcomes.Count(outcome => outcome.Kind == OutcomeKind.Reused),
        Skipped = outcomes.Count(outcome => outcome.Kind == OutcomeKind.Skipped),
        Failed = outcomes.Count(outcome => outcome.Kind == OutcomeKind.Failed),
        Added = outcomes.Count(outcome => outcome.Change == ChangeKind.Added),
        Changed = outcomes.Count(outcome => outcome.Change == ChangeKind.Changed),
        Moved = outcomes.Count(outcome => outcome.Change == ChangeKind.Moved),
        Unchanged = outcomes.Count(outcome => outcome.Change == ChangeKind.Unchanged),
        BytesRead = outcomes.Sum(outcome => outcome.BytesRead),
        BytesWritten = outcomes.Sum(outcome => outcome.BytesWritten),
        FailuresByClass = outcomes.Where(outcome => outcome.Failure is not null)
            .GroupBy(outcome => outcome.Failure!.Class)
            .ToImmutableSortedDictionary(group => group.Key, group => group.LongCount()),
    };

    /// <summary>Files that were written for the images, or may have been. One that is overwritten has its name from before.</summary>
    /// <param name="results">The images as planned, with what came of them.</param>
    public static IReadOnlyList<string> Written(IReadOnlyList<(ImageRecord Image, PictureOutcome Outcome)> results) =>
    [
        .. results.Where(result => result.Outcome is { Kind: OutcomeKind.Rendered, Derivatives: not null }).SelectMany(result =>
            result.Outcome.Derivatives!.FileNames().Except(
                result.Image.PlannedWork == PlannedWork.Overwrite ? [] : result.Image.Derivatives.FileNames())),
    ];

    /// <summary>Files that nobody refers to once the images are recorded.</summary>
    /// <param name="results">The images as planned, with what came of them.</param>
    public static IReadOnlyList<string> Replaced(IReadOnlyList<(ImageRecord Image, PictureOutcome Outcome)> results) =>
        [.. results.Where(result => result.Outcome.Derivatives is not null).SelectMany(result =>
            result.Image.Derivatives.FileNames().Except(result.Outcome.Derivatives!.FileNames()))];
}
