using System.Net;
using ImageLibrary.Api.Problems;
using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Api.Scans;

/// <summary>Starts jobs and records them, so that an answer never names a job that cannot be found.</summary>
/// <param name="store">Where jobs are recorded.</param>
/// <param name="client">The engine.</param>
/// <param name="time">Clock for start times.</param>
public sealed class JobStarter(ILibraryStore store, ITemporalClient client, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts the scan of a library, or finds the one that runs with the same options.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="request">How to scan.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiProblemException">No such library, a bad path, or a scan with other options runs.</exception>
    public async Task<(Job Job, bool AlreadyRunning)> ScanLibraryAsync(
        string libraryId, ScanLibraryRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var library = await LibraryAsync(libraryId, cancellationToken);
        var input = new LibraryScanInput
        {
            LibraryId = libraryId,
            ResumeIncomplete = request.ResumeIncomplete,
            OverwriteExisting = request.OverwriteExisting,
            Deep = request.Deep,
            Path = RelativePath(request.Path),
        };
        return await StartAsync(
            WorkflowIds.LibraryScan(libraryId),
            async () => (await client.StartWorkflowAsync(
                (ILibraryScan workflow) => workflow.RunAsync(input), LibraryScanStart.Options(input, library.Name))).ResultRunId,
            runId => LibraryScanStart.Job(input, runId, time.GetUtcNow()),
            cancellationToken);
    }

    /// <summary>Starts the scan of a collection, or finds the one that runs with the same options.</summary>
    /// <param name="collectionId">The collection.</param>
    /// <param name="request">How to scan.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiProblemException">No such collection, or it is in work by another job.</exception>
    public async Task<(Job Job, bool AlreadyRunning)> ScanCollectionAsync(
        string collectionId, ScanCollectionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var collection = await store.GetCollectionAsync(collectionId, cancellationToken)
            ?? throw ApiProblemException.NotFound("collection", collectionId);
        await LibraryAsync(collection.LibraryId, cancellationToken);
        var input = new CollectionProcessingInput
        {
            CollectionId = collectionId,
            ResumeIncomplete = request.ResumeIncomplete,
            OverwriteExisting = request.OverwriteExisting,
            Deep = request.Deep,
        };
        return await StartAsync(
            WorkflowIds.Collection(collectionId),
            async () => (await client.StartWorkflowAsync(
                (ICollectionProcessing workflow) => workflow.RunAsync(input), CollectionScanStart.Options(input, collection.Name))).ResultRunId,
            runId => CollectionScanStart.Job(input, collection.LibraryId, runId, time.GetUtcNow()),
            cancellationToken);
    }

    /// <summary>Marks a library as deleting and starts its removal, or finds the removal that runs.</summary>
    /// <param name="libraryId">The library.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiProblemException">No such library.</exception>
    public async Task<Job> RemoveLibraryAsync(string libraryId, CancellationToken cancellationToken)
    {
        var library = await store.FindLibraryAsync(libraryId, cancellationToken) ?? throw ApiProblemException.NotFound("library", libraryId);
        // Before the answer, so that whoever got it can start nothing on the library any more.
        await store.MarkLibraryDeletingAsync(libraryId, cancellationToken);
        var input = new LibraryRemovalInput { LibraryId = libraryId };
        var (job, _) = await StartAsync(
            WorkflowIds.LibraryRemoval(libraryId),
            async () => (await client.StartWorkflowAsync(
                (ILibraryRemoval workflow) => workflow.RunAsync(input), LibraryRemovalStart.Options(libraryId, library.Name))).ResultRunId,
            runId => LibraryRemovalStart.Job(libraryId, runId, time.GetUtcNow()),
            cancellationToken);
        return job;
    }

    private async Task<(Job Job, bool AlreadyRunning)> StartAsync(
        string workflowId, Func<Task<string?>> start, Func<string, Job> record, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                var job = record(RunId(await start()));
                await store.AddJobAsync(job, cancellationToken);
                return (job, false);
            }
            catch (WorkflowAlreadyStartedException e)
            {
                if (await store.GetNewestJobAsync(workflowId, cancellationToken) is { Ended: false } running)
                {
                    return running.Options == record(e.RunId).Options ? (running, true) : throw OtherOptions(running);
                }
                if (await IsPartOfJobAsync(workflowId, e.RunId))
                {
                    throw ApiProblemException.Conflict("Already in work", "A larger job works on this at the moment; its turn comes with that job.");
                }
                // Started by another program a moment ago, a job is recorded by its first activity; and a job that has
                // recorded its end closes a moment later.
                if (time.GetElapsedTime(begun) > Patience)
                {
                    throw ApiProblemException.Conflict("Already in work", "The last job on this has not closed yet; try again in a moment.");
                }
                await Task.Delay(Interval, time, cancellationToken);
            }
        }
    }

    private async Task<bool> IsPartOfJobAsync(string workflowId, string runId) =>
        (await client.GetWorkflowHandle(workflowId, runId).DescribeAsync()).ParentId is not null;

    private async Task<Library> LibraryAsync(string id, CancellationToken cancellationToken)
    {
        var library = await store.FindLibraryAsync(id, cancellationToken) ?? throw ApiProblemException.NotFound("library", id);
        return library.State == LibraryState.Active
            ? library
            : throw ApiProblemException.Conflict("Library is being removed", $"The library '{library.Name}' is being removed; nothing can be started on it.");
    }

    private static string? RelativePath(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path.StartsWith('/') || parts.Any(part => part is "." or "..") || path.Contains('\0', StringComparison.Ordinal)
            ? throw ApiProblemException.Invalid("path", "'path' must be a folder relative to the library's, with '/' between names and without '..'.")
            : string.Join('/', parts) is { Length: > 0 } clean ? clean : null;
    }

    private static ApiProblemException OtherOptions(Job running) =>
        new(HttpStatusCode.Conflict, "Already running with other options", $"The job '{running.Id}' runs with other options; wait for it or cancel it.")
        {
            Extensions = new Dictionary<string, object?> { ["jobId"] = running.Id },
        };

    private static string RunId(string? runId) => runId ?? throw new InvalidOperationException("The engine named no run.");
}
