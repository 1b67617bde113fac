using ImageLibrary.Api.Images;
using ImageLibrary.Api.Json;
using ImageLibrary.Api.Paging;
using ImageLibrary.Api.Problems;
using ImageLibrary.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageLibrary.Api.Collections;

/// <summary>Collections and the images in them.</summary>
internal static class CollectionEndpoints
{
    public static void MapCollections(this IEndpointRouteBuilder api)
    {
        var collections = api.MapGroup("/collections").WithTags("Collections");
        collections.MapRead("", List).WithName("listCollections").ProducesValidationProblem();
        collections.MapRead("/{id}", Get).WithName("getCollection").ProducesProblem(StatusCodes.Status404NotFound);
        collections.MapRead("/{id}/images", Images).WithName("listImages")
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<PageDto<CollectionDto>>> List(
        ILibraryStore store, HttpContext context, string? libraryId, string? search, QueryEnum<CollectionSort>? sort, bool? empty,
        int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var query = new CollectionQuery(
            libraryId, string.IsNullOrWhiteSpace(search) ? null : search.Trim(), sort?.Value ?? CollectionSort.Path, LeaveOutEmpty: empty == false);
        var page = await store.ListCollectionsAsync(query, Paging.Paging.Request(limit, cursor), cancellationToken);
        var urls = new ImageUrls(context.Request.PathBase);
        var found = await store.GetImagesAsync([.. page.Items.Select(item => item.CoverImageId).OfType<string>()], cancellationToken);
        var covers = found.ToDictionary(image => image.Id, StringComparer.Ordinal);
        return TypedResults.Ok(page.Map(collection => CollectionDto.From(collection, covers.GetValueOrDefault(collection.CoverImageId ?? ""), urls)));
    }

    private static async Task<Ok<CollectionDto>> Get(
        string id, ILibraryStore store, HttpContext context, CancellationToken cancellationToken)
    {
        var collection = await FindAsync(store, id, cancellationToken);
        var cover = await CoverAsync(store, collection, cancellationToken);
        return TypedResults.Ok(CollectionDto.From(collection, cover, new ImageUrls(context.Request.PathBase)));
    }

    private static async Task<Ok<PageDto<ImageDto>>> Images(
        string id, ILibraryStore store, HttpContext context, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var request = Paging.Paging.Request(limit, cursor);
        await FindAsync(store, id, cancellationToken);
        var page = await store.ListImagesAsync(id, request, cancellationToken);
        var urls = new ImageUrls(context.Request.PathBase);
        return TypedResults.Ok(page.Map(image => ImageDto.From(image, urls)));
    }

    private static async Task<ImageRecord?> CoverAsync(ILibraryStore store, Collection collection, CancellationToken cancellationToken) =>
        collection.CoverImageId is { } cover ? await store.GetImageAsync(cover, cancellationToken) : null;

    private static async Task<Collection> FindAsync(ILibraryStore store, string id, CancellationToken cancellationToken) =>
        await store.GetCollectionAsync(id, cancellationToken) ?? throw ApiProblemException.NotFound("collection", id);
}
