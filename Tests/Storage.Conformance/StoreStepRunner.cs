using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Makes a random call on the store and on the model, and compares the answers.</summary>
public sealed class StoreStepRunner(ILibraryStore store, StoreModel model)
{
    public async Task RunAsync(StoreStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        for (var i = 0; i < (step.Twice ? 2 : 1); i++)
        {
            await OnceAsync(step, model.JobIds[step.Job], model.CollectionId(StoreModel.Paths[step.Collection]));
        }
    }

    private async Task OnceAsync(StoreStep step, string jobId, string collectionId)
    {
        switch (step.Kind)
        {
            case StoreStepKind.Discover:
                await store.UpsertDiscoveredAsync(model.Library.Id, jobId, [Samples.Found(StoreModel.Paths[step.Collection])]);
                model.LastSeen[collectionId] = jobId;
                break;
            case StoreStepKind.Plan:
                var plan = new PlanRecord
                {
                    JobId = jobId,
                    CollectionId = collectionId,
                    Page = step.Number,
                    Counts = new ScanCounts { Total = step.Number },
                    Images = Images(step, jobId, collectionId),
                };
                Assert.Equal(model.Plan(plan), await store.RecordPlanAsync(plan));
                break;
            case StoreStepKind.Batch:
                var batch = Batch(step, jobId, collectionId);
                Assert.Equal(model.Batch(batch), await store.RecordBatchAsync(batch));
                break;
            case StoreStepKind.RenderOutsideOfJob when model.LastSeen.ContainsKey(collectionId):
                var image = Image(collectionId, step.Giver.Path, StoreImageKind.Ready, jobId);
                var read = step.Flag && model.Images.TryGetValue(image.Id, out var known) ? known
                    : Image(collectionId, step.Giver.Path, StoreImageKind.LacksDerivative, jobId);
                Assert.Equal(model.RenderOutsideOfJob(read, image), await store.RecordImageAsync(read, image));
                break;
            case StoreStepKind.Fold:
                var fold = new CollectionFold(
                    jobId, step.Number, new CollectionCounts(), new ScanCounts { Total = step.Number * 100 }, step.Flag ? [collectionId] : []);
                Assert.Equal(model.Fold(fold), await store.FoldCollectionsAsync(fold));
                break;
            case StoreStepKind.Remove:
                await RemoveAsync(step, jobId);
                break;
            case StoreStepKind.EndJob:
                Assert.Equal(model.EndJob(jobId), await store.UpdateJobAsync(jobId, new JobChange { State = JobState.Completed }));
                break;
            default:
                break;
        }
    }

    private async Task RemoveAsync(StoreStep step, string jobId)
    {
        var limit = (int)step.Number;
        var scope = new RemovalScope(
            model.Library.Id, jobId, step.Lane == 1 ? "" : StoreModel.Paths[step.Collection], step.Flag, step.Images.Count == 0 ? ["a/b"] : []);
        var expected = model.Remove(scope);
        RemovalStep before;
        var after = new RemovalStep(long.MinValue, false);
        do
        {
            before = after;
            after = await store.ApplyRemovalsAsync(scope, limit);
            Assert.True(before.Removed == long.MinValue || after.Removed - before.Removed <= limit);
        }
        while (!after.Done);
        Assert.Equal(expected, after.Removed);
    }

    private BatchRecord Batch(StoreStep step, string jobId, string collectionId)
    {
        var images = Images(step, jobId, collectionId);
        var giver = StableId.ForImage(model.CollectionId(StoreModel.Paths[step.Giver.Collection]), PathOf(step.Giver.Path));
        return new BatchRecord
        {
            JobId = jobId,
            CollectionId = collectionId,
            Lane = step.Lane,
            BatchNumber = step.Number,
            Counts = new ScanCounts { Rendered = step.Number * 10 },
            Images = images,
            MovedFromImageIds = step.Flag && images.All(image => image.Id != giver) ? [giver] : [],
        };
    }

    private IReadOnlyList<ImageRecord> Images(StoreStep step, string jobId, string collectionId) =>
        [.. step.Images.Select(image => Image(collectionId, image.Path, image.Kind, jobId))];

    private ImageRecord Image(string collectionId, int number, StoreImageKind kind, string jobId)
    {
        var path = PathOf(number);
        var ready = Samples.Ready(collectionId, path);
        var image = kind switch
        {
            StoreImageKind.Pending => Samples.Pending(collectionId, path),
            StoreImageKind.Planned => ready with { PlannedByJobId = jobId, PlannedWork = PlannedWork.Changed },
            StoreImageKind.LacksDerivative => ready with { Derivatives = [ready.Derivatives[1]] },
            StoreImageKind.ServedItself => ready with
            {
                Derivatives = [ready.Derivatives[0], ready.Derivatives[1] with { OriginalModified = ready.SourceModified }],
            },
            StoreImageKind.Failed => Samples.Failed(collectionId, path),
            StoreImageKind.Quarantined => Samples.Failed(collectionId, path) with { State = ImageState.Quarantined },
            StoreImageKind.Candidate => ready with { RemovalCandidateJobId = jobId },
            _ => ready,
        };
        return image with { LibraryId = model.Library.Id };
    }

    private static string PathOf(int number) => $"{number * 3}.jpg";
}
