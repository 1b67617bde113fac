using System.Text.Json.Serialization;
using ImageLibrary.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageLibrary.Api.Scans;

/// <summary>Starting scans of libraries and collections.</summary>
internal static class ScanEndpoints
{
    public static void MapScans(this IEndpointRouteBuilder api)
    {
        api.MapPost("/libraries/{id}/scan", ScanLibrary).WithTags("Libraries").WithName("scanLibrary")
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/collections/{id}/scan", ScanCollection).WithTags("Collections").WithName("scanCollection")
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Accepted<ScanStartedDto>> ScanLibrary(
        string id, ScanLibraryRequest? request, JobStarter starter, CancellationToken cancellationToken)
    {
        var (job, alreadyRunning) = await starter.ScanLibraryAsync(id, request ?? new(), cancellationToken);
        return TypedResults.Accepted((string?)null, new ScanStartedDto(job.Id, alreadyRunning));
    }

    private static async Task<Accepted<ScanStartedDto>> ScanCollection(
        string id, ScanCollectionRequest? request, JobStarter starter, CancellationToken cancellationToken)
    {
        var (job, alreadyRunning) = await starter.ScanCollectionAsync(id, request ?? new(), cancellationToken);
        return TypedResults.Accepted((string?)null, new ScanStartedDto(job.Id, alreadyRunning));
    }
}

/// <summary>How to scan a library.</summary>
/// <param name="ResumeIncomplete">Also take images that failed or lack a derivative.</param>
/// <param name="OverwriteExisting">Render everything again.</param>
/// <param name="Deep">Read every source and compare its content.</param>
/// <param name="Path">Only this folder, relative to the library's, and what lies beneath.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ScanLibraryRequest(
    bool ResumeIncomplete = true, bool OverwriteExisting = false, bool Deep = false, string? Path = null);

/// <summary>How to scan a collection.</summary>
/// <param name="ResumeIncomplete">Also take images that failed or lack a derivative.</param>
/// <param name="OverwriteExisting">Render everything again.</param>
/// <param name="Deep">Read every source and compare its content.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ScanCollectionRequest(bool ResumeIncomplete = true, bool OverwriteExisting = false, bool Deep = false);

/// <summary>A scan that runs.</summary>
/// <param name="JobId">Id of the job.</param>
/// <param name="AlreadyRunning">Whether it ran before this request, with the same options.</param>
public sealed record ScanStartedDto(string JobId, bool AlreadyRunning);

/// <summary>A job that was started.</summary>
/// <param name="JobId">Id of the job.</param>
public sealed record JobStartedDto(string JobId);
