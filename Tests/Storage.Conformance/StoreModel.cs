using ImageLibrary.Core;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>What the store shall hold, told as plainly as possible: dictionaries, and counts by counting.</summary>
public sealed class StoreModel(int run, DateTimeOffset now)
{
    public static readonly string[] Paths = ["a", "a/b", "a/b2", "c"];

    private readonly HashSet<string> _ended = [];
    private readonly Dictionary<string, long> _folds = [];
    private readonly Dictionary<string, ScanCounts> _folded = [];
    private readonly Dictionary<(string Job, string Collection, int Lane), (long Number, ScanCounts? Counts)> _lanes = [];
    private readonly Dictionary<string, long> _removed = [];

    public Library Library { get; } = Samples.Library($"model-{run}", $"/model/{run}", $"Model {run}");

    public IReadOnlyList<string> JobIds { get; } = [$"model-{run}-job-0", $"model-{run}-job-1"];

    public Dictionary<string, ImageRecord> Images { get; } = [];

    public Dictionary<string, string?> LastSeen { get; } = [];

    public string CollectionId(string path) => StableId.ForCollection(Library.Id, path);

    public IReadOnlyList<ImageRecord> ImagesOf(string collectionId) => [.. Images.Values
        .Where(image => image.CollectionId == collectionId && image.State != ImageState.Removed)
        .OrderBy(image => image.SortKey, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))];

    public static bool Incomplete(ImageRecord image) =>
        image.State is ImageState.Pending or ImageState.Failed || image.PlannedByJobId is not null
        || (image.State == ImageState.Ready && image.Derivatives.Count < 2);

    public ScanCounts CountsOf(string jobId) => _lanes
        .Where(lane => lane.Key.Job == jobId && lane.Value.Counts is not null)
        .Aggregate(_folded.GetValueOrDefault(jobId) ?? new ScanCounts(), (sum, lane) => sum + lane.Value.Counts!);

    public bool Plan(PlanRecord plan) => Record(
        plan.JobId, plan.CollectionId, 0, plan.Page, plan.Counts, plan.Images, refused: number => number > plan.Page);

    public bool Batch(BatchRecord batch)
    {
        if (!Record(batch.JobId, batch.CollectionId, batch.Lane, batch.BatchNumber, batch.Counts, batch.Images, refused: number => number >= batch.BatchNumber))
        {
            return false;
        }
        foreach (var id in batch.MovedFromImageIds)
        {
            if (!Images.TryGetValue(id, out var giver) || giver.Derivatives.Count == 0)
            {
                continue;
            }
            if (giver.RemovedByJobId == batch.JobId)
            {
                _removed[batch.JobId] = _removed.GetValueOrDefault(batch.JobId) - 1;
            }
            Images[id] = Removed(giver, giver.RemovedByJobId ?? batch.JobId) with
            {
                Generation = giver.Generation + 1,
                Derivatives = [],
                Thumbhash = null,
            };
        }
        return true;
    }

    public bool RenderOutsideOfJob(ImageRecord read, ImageRecord image)
    {
        if (Images.GetValueOrDefault(image.Id) is not { } known || !(SameFiles(known, read) || SameFiles(known, image)))
        {
            return false;
        }
        Images[image.Id] = image with
        {
            PlannedByJobId = known.PlannedByJobId,
            PlannedWork = known.PlannedByJobId is null ? default : known.PlannedWork,
            RemovalCandidateJobId = known.RemovalCandidateJobId,
        };
        return true;
    }

    public bool Fold(CollectionFold fold)
    {
        if (_ended.Contains(fold.JobId) || _folds.GetValueOrDefault(fold.JobId) > fold.Sequence)
        {
            return false;
        }
        _folds[fold.JobId] = fold.Sequence;
        _folded[fold.JobId] = fold.Images;
        foreach (var key in _lanes.Keys.Where(key => key.Job == fold.JobId && fold.EndedCollectionIds.Contains(key.Collection)).ToList())
        {
            _lanes[key] = (_lanes[key].Number, null);
        }
        return true;
    }

    public long Remove(RemovalScope scope)
    {
        foreach (var path in Paths.Where(path => Beneath(path, scope.ScopePath) && !scope.ProtectedPaths.Any(kept => Beneath(path, kept))))
        {
            var id = CollectionId(path);
            var unseen = scope.UnseenCollections && LastSeen.GetValueOrDefault(id) != scope.JobId;
            foreach (var image in ImagesOf(id).Where(image => unseen || image.RemovalCandidateJobId == scope.JobId))
            {
                Images[image.Id] = Removed(image, scope.JobId);
                _removed[scope.JobId] = _removed.GetValueOrDefault(scope.JobId) + 1;
            }
        }
        return _removed.GetValueOrDefault(scope.JobId);
    }

    public bool EndJob(string jobId) => _ended.Add(jobId);

    private static bool SameFiles(ImageRecord left, ImageRecord right) =>
        (left.State, left.Generation, string.Join('/', left.Derivatives.Select(made => made.FileName)))
        == (right.State, right.Generation, string.Join('/', right.Derivatives.Select(made => made.FileName)));

    private static bool Beneath(string path, string folder) =>
        folder.Length == 0 || (path + "/").StartsWith(folder + "/", StringComparison.Ordinal);

    private ImageRecord Removed(ImageRecord image, string jobId) => image with
    {
        State = ImageState.Removed,
        PlannedByJobId = null,
        PlannedWork = default,
        RemovalCandidateJobId = null,
        RemovedByJobId = jobId,
        RemovedAt = image.RemovedAt ?? now,
    };

    private bool Record(
        string jobId, string collectionId, int lane, long number, ScanCounts counts, IReadOnlyList<ImageRecord> images, Func<long, bool> refused)
    {
        var key = (jobId, collectionId, lane);
        var before = _lanes.GetValueOrDefault(key);
        if (!LastSeen.ContainsKey(collectionId) || refused(before.Number))
        {
            return false;
        }
        foreach (var image in images)
        {
            Images[image.Id] = image;
        }
        _lanes[key] = (number, _ended.Contains(jobId) ? before.Counts : counts);
        return true;
    }
}
