using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Activities;

namespace ImageLibrary.Activities;

/// <summary>Sets state and stage of a job.</summary>
/// <param name="store">The store.</param>
public sealed class RecordJobState(ILibraryStore store) : IRecordJobState
{
    /// <inheritdoc/>
    [Activity("RecordJobState")]
    public Task RecordJobStateAsync(RecordJobStateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return store.UpdateJobAsync(
            input.JobId,
            new JobChange { State = input.State, Stage = input.Stage },
            ActivityExecutionContext.Current.CancellationToken);
    }
}
