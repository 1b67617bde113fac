using System.Text.Json.Serialization;
using ImageLibrary.Api.Json;
using ImageLibrary.Api.Paging;
using ImageLibrary.Api.Problems;
using ImageLibrary.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageLibrary.Api.Jobs;

/// <summary>Jobs: lists, failures, and what a person may ask of them.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapRead("", List).WithName("listJobs").ProducesValidationProblem();
        jobs.MapRead("/{id}", Get).WithName("getJob")
            .WithSummary("By the job's id, or by a percent-encoded workflow id, meaning its newest job.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        jobs.MapRead("/{id}/failures", Failures).WithName("listJobFailures")
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound);
        MapRequest(jobs, "pause", "pauseJob", (control, job, token) => control.PauseAsync(job, token));
        MapRequest(jobs, "resume", "resumeJob", (control, job, token) => control.ResumeAsync(job, token));
        MapRequest(jobs, "cancel", "cancelJob", (control, job, token) => control.CancelAsync(job, token));
        MapRequest(jobs, "approve", "approveJob", (_, job, _) => throw NothingToApprove(job));
        jobs.MapPut("/{id}/concurrency", SetConcurrency).WithName("setJobConcurrency")
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        jobs.MapPost("/pause-all", (JobControl control, CancellationToken token) => SetAll(true, control, token)).WithName("pauseAllJobs");
        jobs.MapPost("/resume-all", (JobControl control, CancellationToken token) => SetAll(false, control, token)).WithName("resumeAllJobs");
        jobs.MapJobEvents();
    }

    /// <summary>Finds a job by its id or by its workflow id; Kestrel leaves the slash of a path segment encoded.</summary>
    internal static async Task<Job> FindAsync(ILibraryStore store, string id, CancellationToken cancellationToken)
    {
        var name = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return await store.GetJobAsync(name, cancellationToken)
            ?? await store.GetNewestJobAsync(name, cancellationToken)
            ?? throw ApiProblemException.NotFound("job", name);
    }

    private static void MapRequest(
        RouteGroupBuilder jobs, string verb, string operation, Func<JobControl, Job, CancellationToken, Task> request)
    {
        jobs.MapPost($"/{{id}}/{verb}", async (
                string id, ILibraryStore store, JobControl control, JobMapper mapper, CancellationToken cancellationToken) =>
            {
                var job = await FindAsync(store, id, cancellationToken);
                await request(control, job, cancellationToken);
                return TypedResults.Accepted((string?)null, mapper.Map(await FindAsync(store, job.Id, cancellationToken)));
            })
            .WithName(operation)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<PageDto<JobDto>>> List(
        ILibraryStore store, JobMapper mapper, QueryEnum<JobState>? state, QueryEnum<JobType>? type, string? libraryId, int? limit, string? cursor,
        CancellationToken cancellationToken)
    {
        var page = await store.ListJobsAsync(
            new JobQuery(state?.Value, type?.Value, libraryId), Paging.Paging.Request(limit, cursor), cancellationToken);
        return TypedResults.Ok(page.Map(mapper.Map));
    }

    private static async Task<Ok<JobDto>> Get(string id, ILibraryStore store, JobMapper mapper, CancellationToken cancellationToken) =>
        TypedResults.Ok(mapper.Map(await FindAsync(store, id, cancellationToken)));

    private static async Task<Ok<PageDto<JobFailureDto>>> Failures(
        string id, ILibraryStore store, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var request = Paging.Paging.Request(limit, cursor);
        var job = await FindAsync(store, id, cancellationToken);
        var page = await store.ListFailuresAsync(job.Id, request, cancellationToken);
        return TypedResults.Ok(page.Map(JobFailureDto.From));
    }

    private static async Task<Accepted<JobDto>> SetConcurrency(
        string id, SetConcurrencyRequest request, ILibraryStore store, JobControl control, JobMapper mapper,
        CancellationToken cancellationToken)
    {
        var job = await FindAsync(store, id, cancellationToken);
        await control.SetConcurrencyAsync(job, request.Concurrency, cancellationToken);
        return TypedResults.Accepted((string?)null, mapper.Map(await FindAsync(store, job.Id, cancellationToken)));
    }

    private static async Task<Accepted> SetAll(bool paused, JobControl control, CancellationToken cancellationToken)
    {
        await control.SetAllAsync(paused, cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static ApiProblemException NothingToApprove(Job job) =>
        ApiProblemException.Conflict("Nothing to approve", $"The job '{job.Id}' does not wait for approval.");
}

/// <summary>A new concurrency.</summary>
/// <param name="Concurrency">Collections at once, 1 to 64.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SetConcurrencyRequest(int Concurrency);
