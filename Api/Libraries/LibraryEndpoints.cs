using ImageLibrary.Api.Paging;
using ImageLibrary.Api.Problems;
using ImageLibrary.Api.Scans;
using ImageLibrary.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageLibrary.Api.Libraries;

/// <summary>Libraries: list, add, change, and the check of a folder before it is added.</summary>
internal static class LibraryEndpoints
{
    public static void MapLibraries(this IEndpointRouteBuilder api)
    {
        var libraries = api.MapGroup("/libraries").WithTags("Libraries");
        libraries.MapRead("", List).WithName("listLibraries").ProducesValidationProblem();
        libraries.MapPost("", Create).WithName("createLibrary")
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status409Conflict);
        libraries.MapRead("/{id}", Get).WithName("getLibrary").ProducesProblem(StatusCodes.Status404NotFound);
        libraries.MapPatch("/{id}", Update).WithName("updateLibrary")
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound);
        libraries.MapDelete("/{id}", Remove).WithName("removeLibrary")
            .WithSummary("Ends the library's jobs and removes its derivatives and all that is known of it; the folder itself is not touched.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        libraries.MapPost("/check", Check).WithName("checkLibraryFolder").ProducesValidationProblem();
    }

    private static async Task<Ok<PageDto<LibraryDto>>> List(
        ILibraryStore store, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var page = await store.ListLibrariesAsync(Paging.Paging.Request(limit, cursor), cancellationToken);
        return TypedResults.Ok(page.Map(LibraryDto.From));
    }

    private static async Task<Created<LibraryDto>> Create(
        CreateLibraryRequest request, LibraryRegistration registration, HttpContext context, CancellationToken cancellationToken)
    {
        var library = await registration.AddAsync(
            request.RootPath, request.Name, (request.Settings ?? new()).Apply(new LibrarySettings()), cancellationToken);
        return TypedResults.Created($"{context.Request.PathBase}{ApiRoutes.Prefix}/libraries/{library.Id}", LibraryDto.From(library));
    }

    private static async Task<Ok<LibraryDto>> Get(string id, ILibraryStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(LibraryDto.From(await FindAsync(store, id, cancellationToken)));

    private static async Task<Ok<LibraryDto>> Update(
        string id, UpdateLibraryRequest request, ILibraryStore store, CancellationToken cancellationToken)
    {
        var library = await FindAsync(store, id, cancellationToken);
        if (request.RootPath is { } root && root != library.RootPath)
        {
            throw ApiProblemException.Invalid("rootPath", "The folder of a library cannot be changed; add the other folder as a library of its own.");
        }
        if (request.Name is { } name && string.IsNullOrWhiteSpace(name))
        {
            throw ApiProblemException.Invalid("name", "'name' must not be empty.");
        }
        var settings = (request.Settings ?? new()).Apply(library.Settings);
        if (!await store.UpdateLibraryAsync(id, request.Name?.Trim() ?? library.Name, settings, cancellationToken))
        {
            throw ApiProblemException.NotFound("library", id);
        }
        if (request.RootPath is not null)
        {
            // Who names the folder again says that it is the right one, whatever disk it lies on now.
            await store.SetRootIdentityAsync(id, null, cancellationToken);
        }
        return TypedResults.Ok(LibraryDto.From(await FindAsync(store, id, cancellationToken)));
    }

    private static async Task<Accepted<JobStartedDto>> Remove(string id, JobStarter starter, CancellationToken cancellationToken)
    {
        var job = await starter.RemoveLibraryAsync(id, cancellationToken);
        return TypedResults.Accepted((string?)null, new JobStartedDto(job.Id));
    }

    private static async Task<Ok<LibraryCheckDto>> Check(
        CheckFolderRequest request, FolderCheck check, CancellationToken cancellationToken) =>
        TypedResults.Ok(await check.RunAsync(request.RootPath, cancellationToken));

    private static async Task<Library> FindAsync(ILibraryStore store, string id, CancellationToken cancellationToken) =>
        await store.GetLibraryAsync(id, cancellationToken) ?? throw ApiProblemException.NotFound("library", id);
}
