using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;

namespace ImageLibrary.Activities;

/// <summary>Removes what a job did not find any more, and never because a disk was away.</summary>
/// <param name="store">The store.</param>
/// <param name="books">Jobs.</param>
/// <param name="roots">The offline guard.</param>
/// <param name="time">The clock.</param>
public sealed class ApplyRemovals(ILibraryStore store, JobBooks books, RootGuard roots, TimeProvider time) : IApplyRemovals
{
    private const int Step = 1_000;

    /// <inheritdoc/>
    [Activity("ApplyRemovals")]
    public async Task<long> ApplyRemovalsAsync(ApplyRemovalsInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var cancellation = ActivityExecutionContext.Current.CancellationToken;
        await using var heartbeat = ActivityHeartbeat.Start(time);
        var scope = await ScopeAsync(input, cancellation);
        await roots.CheckAsync(scope.LibraryId, input.JobId, cancellation);
        while (true)
        {
            var step = await store.ApplyRemovalsAsync(scope, Step, cancellation);
            if (step.Done)
            {
                return step.Removed;
            }
        }
    }

    private async Task<RemovalScope> ScopeAsync(ApplyRemovalsInput input, CancellationToken cancellationToken)
    {
        if (input.CollectionId is { } id)
        {
            var collection = await books.CollectionAsync(id, cancellationToken);
            return new RemovalScope(collection.LibraryId, input.JobId, collection.Path, UnseenCollections: false, []);
        }
        return new RemovalScope(input.LibraryId ?? "", input.JobId, input.ScopePath, UnseenCollections: true, input.ProtectedPaths);
    }
}
