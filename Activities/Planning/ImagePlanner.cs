using ImageLibrary.Core;
using ImageLibrary.Workflows;

namespace ImageLibrary.Activities;

/// <summary>
/// Compares a page of a listing with what the store knows, and decides what is done with each image. It reads nothing and
/// writes nothing, and planning the same page again leads to the same plan.
/// </summary>
/// <param name="request">Which collection, and how.</param>
public sealed class ImagePlanner(PlanRequest request)
{
    // No file has this time, so that a source which comes back is compared by its content.
    private const long NeverRead = -1;

    /// <summary>Plans one page.</summary>
    /// <param name="listed">The images on disk, in order.</param>
    /// <param name="known">The images of the store in the same key range, in order, removed ones included.</param>
    public ImagePlan Plan(IReadOnlyList<ListedImage> listed, IReadOnlyList<ImageRecord> known)
    {
        ArgumentNullException.ThrowIfNull(listed);
        ArgumentNullException.ThrowIfNull(known);
        var plan = new Builder();
        var i = 0;
        var k = 0;
        while (i < listed.Count || k < known.Count)
        {
            var order = i == listed.Count ? 1 : k == known.Count ? -1 : listed[i].SortKey.AsSpan().SequenceCompareTo(known[k].SortKey);
            if (order > 0)
            {
                PlanMissing(known[k++], plan);
            }
            else if (order < 0)
            {
                PlanNew(listed[i++], plan);
            }
            else
            {
                PlanKnown(listed[i++], known[k++], plan);
            }
        }
        return plan.Build();
    }

    private void PlanNew(ListedImage listed, Builder plan) =>
        plan.Work(new ImageRecord
        {
            Id = StableId.ForImage(request.CollectionId, listed.Path, listed.Occurrence),
            CollectionId = request.CollectionId,
            LibraryId = request.LibraryId,
            Path = listed.Path,
            Occurrence = listed.Occurrence,
            SortKey = listed.SortKey,
            SourceSize = listed.Size,
            SourceModified = listed.Modified,
            PlannedByJobId = request.JobId,
            PlannedWork = PlannedWork.Added,
        });

    private void PlanMissing(ImageRecord known, Builder plan)
    {
        if (known.State == ImageState.Removed || request.KeepMissing)
        {
            return;
        }
        plan.Candidates++;
        if (known.RemovalCandidateJobId != request.JobId || known.PlannedByJobId is not null)
        {
            plan.Write(known with
            {
                RemovalCandidateJobId = request.JobId,
                PlannedByJobId = null,
                SourceModified = IsUnread(known) ? NeverRead : known.SourceModified,
            });
        }
    }

    private void PlanKnown(ListedImage listed, ImageRecord known, Builder plan)
    {
        var same = known.SourceSize == listed.Size && known.SourceModified == listed.Modified;
        if (known.PlannedByJobId == request.JobId && same)
        {
            // This page was recorded before, but the answer was lost.
            plan.Planned(known);
            return;
        }
        same &= !IsUnread(known);
        var image = known with
        {
            SourceSize = listed.Size,
            SourceModified = listed.Modified,
            RemovalCandidateJobId = null,
            RemovedByJobId = null,
            RemovedAt = null,
            State = known.State == ImageState.Removed ? Restored(known) : known.State,
            PlannedByJobId = null,
        };
        var returned = known.State == ImageState.Removed;
        if (Decide(image, same, returned) is { } work)
        {
            var raise = work == PlannedWork.Overwrite && known.GenerationJobId != request.JobId;
            plan.Work(image with
            {
                PlannedByJobId = request.JobId,
                PlannedWork = work,
                Generation = raise ? known.Generation + 1 : known.Generation,
                GenerationJobId = work == PlannedWork.Overwrite ? request.JobId : known.GenerationJobId,
            });
        }
        else
        {
            plan.UpToDate(image, returned, write: returned || known.RemovalCandidateJobId is not null || known.PlannedByJobId is not null);
        }
    }

    private PlannedWork? Decide(ImageRecord image, bool same, bool returned)
    {
        if (request.OverwriteExisting)
        {
            return PlannedWork.Overwrite;
        }
        if (!same || (request.Deep && image.ContentHash is not null))
        {
            return image.ContentHash is null && (returned || image.Failure is null) ? PlannedWork.Added : PlannedWork.Changed;
        }
        var complete = image.State is ImageState.Ready or ImageState.Damaged && request.Recipes.All(recipe => recipe.IsMadeOf(image))
            && image.Derivatives.All(derivative => IsServable(image, derivative));
        if (complete)
        {
            return null;
        }
        var rendered = image.State is ImageState.Ready or ImageState.Damaged && image.Derivatives.Count > 0;
        if (rendered || returned || request.ResumeIncomplete)
        {
            // A quarantined picture killed a process; it is not tried again by itself.
            return image.State == ImageState.Quarantined ? null
                : image.ContentHash is null && image.Failure is null ? PlannedWork.Added
                : PlannedWork.Complete;
        }
        return null;
    }

    // A plan records size and time as they are on disk. When its job ended before the picture's turn came, only the plan tells
    // that the derivatives are not those of this source; work that was planned for all pictures may hide such a change.
    private static bool IsUnread(ImageRecord known) =>
        known.PlannedByJobId is not null && known.PlannedWork is not PlannedWork.Complete;

    private static bool IsServable(ImageRecord image, Derivative derivative) =>
        !derivative.IsOriginal || (derivative.Bytes == image.SourceSize && derivative.OriginalModified == image.SourceModified);

    private static ImageState Restored(ImageRecord image) => image switch
    {
        { Derivatives.Count: 0 } => ImageState.Pending,
        { Failure: null } => ImageState.Ready,
        { Failure.Class: FailureClass.DamagedSource } => ImageState.Damaged,
        _ => ImageState.Failed,
    };

    private sealed class Builder
    {
        private readonly List<ImageRecord> writes = [];
        private readonly List<ImageRecord> work = [];
        private ScanCounts counts = new();

        public int Candidates { get; set; }

        public void Write(ImageRecord image) => writes.Add(image);

        public void Work(ImageRecord image)
        {
            writes.Add(image);
            Planned(image);
        }

        public void Planned(ImageRecord image)
        {
            work.Add(image);
            counts = counts with { Total = counts.Total + 1 };
        }

        public void UpToDate(ImageRecord image, bool returned, bool write)
        {
            if (write)
            {
                writes.Add(image);
            }
            counts = counts with
            {
                Total = counts.Total + 1,
                Skipped = counts.Skipped + 1,
                Added = counts.Added + (returned ? 1 : 0),
                Unchanged = counts.Unchanged + (returned ? 0 : 1),
            };
        }

        public ImagePlan Build() => new(
            writes,
            [.. work.Chunk(RunLimits.BatchImages).Select(batch => new BatchRange(batch[0].SortKey, batch[^1].SortKey, batch.Length))],
            counts,
            Candidates);
    }
}

/// <summary>Which collection is planned, and how.</summary>
public sealed record PlanRequest
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>The library.</summary>
    public required string LibraryId { get; init; }

    /// <summary>The collection.</summary>
    public required string CollectionId { get; init; }

    /// <summary>The derivatives that each image shall have.</summary>
    public required IReadOnlyList<DerivativeRecipe> Recipes { get; init; }

    /// <summary>Also take images that failed or lack a derivative.</summary>
    public bool ResumeIncomplete { get; init; }

    /// <summary>Render everything again.</summary>
    public bool OverwriteExisting { get; init; }

    /// <summary>Read every source and compare its content.</summary>
    public bool Deep { get; init; }

    /// <summary>An image that is not listed may still be there.</summary>
    public bool KeepMissing { get; init; }
}

/// <summary>The plan of one page.</summary>
/// <param name="Writes">Images to insert or replace.</param>
/// <param name="Ranges">Batches of at most 50 planned images.</param>
/// <param name="Counts">Counts of this page.</param>
/// <param name="Candidates">Images that are not on disk any more.</param>
public sealed record ImagePlan(
    IReadOnlyList<ImageRecord> Writes, IReadOnlyList<BatchRange> Ranges, ScanCounts Counts, int Candidates);
