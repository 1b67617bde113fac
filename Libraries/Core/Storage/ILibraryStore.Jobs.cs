namespace ImageLibrary.Core;

public partial interface ILibraryStore
{
    /// <summary>Adds a job unless it is known; a known one stays as it is.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task AddJobAsync(Job job, CancellationToken cancellationToken = default);

    /// <summary>Gets a job with the counts of its open collections added, or null.</summary>
    /// <param name="id">Id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Job?> GetJobAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Gets the newest job of a workflow id, or null.</summary>
    /// <param name="workflowId">Workflow id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Job?> GetNewestJobAsync(string workflowId, CancellationToken cancellationToken = default);

    /// <summary>Lists jobs, newest first.</summary>
    /// <param name="query">Filter.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list.</exception>
    Task<Page<Job>> ListJobsAsync(JobQuery query, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>Lists jobs that changed after a position, oldest change first.</summary>
    /// <param name="position">A former answer's position; null to get the present position and all open jobs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Jobs that may have changed (repeats are allowed, gaps are not) and the new position.</returns>
    /// <exception cref="InvalidCursorException">The position is not one of this store.</exception>
    Task<JobChanges> ListJobChangesAsync(string? position, CancellationToken cancellationToken = default);

    /// <summary>Sets a job's state. An ended job never changes again, and a request never overwrites a later effect.</summary>
    /// <param name="id">Id.</param>
    /// <param name="change">The values to set; null values stay as they are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False, and nothing is written, when there is no such job, it has ended, or it is in none of the states asked for.</returns>
    Task<bool> UpdateJobAsync(string id, JobChange change, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets the counts of ended collections and forgets these collections' own counts, at once, so that nothing counts twice.
    /// Their lanes keep their numbers, so that a late repeat of an old batch is still refused.
    /// </summary>
    /// <param name="fold">The counts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False, and nothing is written, when a newer fold is recorded.</returns>
    Task<bool> FoldCollectionsAsync(CollectionFold fold, CancellationToken cancellationToken = default);

    /// <summary>Gets a lane's newest batch number and counts, or null before its first batch.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="collectionId">The collection.</param>
    /// <param name="lane">0 for planning, 1 and 2 for rendering.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<LaneProgress?> GetLaneAsync(string jobId, string collectionId, int lane, CancellationToken cancellationToken = default);

    /// <summary>Adds failures that belong to no batch, such as unreadable folders.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="failures">The failures.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task AddFailuresAsync(string jobId, IReadOnlyList<JobFailure> failures, CancellationToken cancellationToken = default);

    /// <summary>Lists a job's failures by path.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list.</exception>
    Task<Page<JobFailure>> ListFailuresAsync(string jobId, PageRequest page, CancellationToken cancellationToken = default);
}

/// <summary>Filter of a list of jobs.</summary>
/// <param name="State">Only this state.</param>
/// <param name="Type">Only this type.</param>
/// <param name="LibraryId">Only this library.</param>
/// <param name="Open">Only jobs that have not ended (true) or have (false).</param>
public sealed record JobQuery(JobState? State = null, JobType? Type = null, string? LibraryId = null, bool? Open = null);

/// <summary>Jobs that may have changed.</summary>
/// <param name="Jobs">The jobs in their present state.</param>
/// <param name="Position">Opaque position to go on from.</param>
public sealed record JobChanges(IReadOnlyList<Job> Jobs, string Position);

/// <summary>Values of a job to set; null leaves a value as it is.</summary>
public sealed record JobChange
{
    /// <summary>New state.</summary>
    public JobState? State { get; init; }

    /// <summary>Why it waits; set exactly when <see cref="State"/> is waiting, and cleared by any other state.</summary>
    public JobWaiting? Waiting { get; init; }

    /// <summary>New stage.</summary>
    public JobStage? Stage { get; init; }

    /// <summary>Folder in work.</summary>
    public string? CurrentFolder { get; init; }

    /// <summary>When it ended; set with an end state.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>Apply only while the job is in one of these states; null for any.</summary>
    public IReadOnlyList<JobState>? OnlyFrom { get; init; }
}

/// <summary>Counts of a job's ended collections.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Sequence">Ascending number of the fold; older ones are refused, the same one overwrites.</param>
/// <param name="Collections">Collections so far.</param>
/// <param name="Images">Images of all ended collections and of those skipped.</param>
/// <param name="EndedCollectionIds">Collections that ended since the former fold.</param>
public sealed record CollectionFold(
    string JobId, long Sequence, CollectionCounts Collections, ScanCounts Images, IReadOnlyList<string> EndedCollectionIds);

/// <summary>Progress of one lane of a collection.</summary>
/// <param name="BatchNumber">Number of the newest batch recorded.</param>
/// <param name="Counts">The lane's counts, that batch included.</param>
public sealed record LaneProgress(long BatchNumber, ScanCounts Counts);
