using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace ImageLibrary.Activities;

/// <summary>Removes the emptied library.</summary>
/// <param name="store">The store.</param>
public sealed class RemoveLibrary(ILibraryStore store) : IRemoveLibrary
{
    /// <inheritdoc/>
    [Activity("RemoveLibrary")]
    public async Task RemoveLibraryAsync(string libraryId)
    {
        if (!await store.RemoveLibraryAsync(libraryId, ActivityExecutionContext.Current.CancellationToken))
        {
            throw new ApplicationFailureException("The library still holds collections.", FailureTypes.InvalidInput, nonRetryable: true);
        }
    }
}
