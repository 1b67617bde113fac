using ImageLibrary.Workflows;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Activities;

/// <summary>
/// Waits for a collection's lock without holding a slot: it looks once, and fails with a delay while the lock is taken.
/// </summary>
/// <param name="client">The engine.</param>
public sealed class AwaitCollection(ITemporalClient client) : IAwaitCollection
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    [Activity("AwaitCollection")]
    public async Task AwaitCollectionAsync(string collectionId)
    {
        var holder = await client.GetWorkflowHandle(WorkflowIds.Collection(collectionId)).DescribeAsync();
        if (holder.Status == WorkflowExecutionStatus.Running)
        {
            throw new ApplicationFailureException("Somebody else works on the collection.", "Locked", nextRetryDelay: Delay);
        }
    }
}
