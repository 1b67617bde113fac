using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Workflows;

// The operation `remove`: the lock of the collection, held while it is removed.
public sealed partial class CollectionProcessing
{
    private async Task<CollectionProcessingResult> RemoveAsync()
    {
        if (state.OwnsJob)
        {
            throw new ApplicationFailureException(
                $"The operation '{CollectionProcessingInput.RemoveOperation}' is a part of a removal and needs its jobId.",
                FailureTypes.InvalidInput, nonRetryable: true);
        }
        if (searchAttributes)
        {
            Workflow.UpsertTypedSearchAttributes(JobSearchAttributes.JobType.ValueSet(JobSearchAttributes.CollectionType));
        }
        await Workflow.ExecuteActivityAsync(
            (IRemoveCollection activity) => activity.RemoveCollectionAsync(input.CollectionId),
            JobActivityOptions.Batch(Workflow.CancellationToken));
        return new CollectionProcessingResult(Counts);
    }
}
