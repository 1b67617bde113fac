using ImageLibrary.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageLibrary.Api.Cache;

/// <summary>The cache folder, where derivatives lie.</summary>
internal static class CacheEndpoints
{
    public static void MapCache(this IEndpointRouteBuilder api) =>
        api.MapGroup("/cache").WithTags("Cache").MapRead("/statistics", Statistics).WithName("getCacheStatistics");

    private static async Task<Ok<CacheStatisticsDto>> Statistics(ILibraryStore store, IBlobStore blobs, CancellationToken cancellationToken)
    {
        var made = await store.SumDerivativesAsync(cancellationToken);
        return TypedResults.Ok(new CacheStatisticsDto([new CacheFolderDto(blobs.RootPath, made.Files, made.Bytes, FreeBytes(blobs))]));
    }

    private static long? FreeBytes(IBlobStore blobs)
    {
        try
        {
            return blobs.FreeBytes();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>What lies in the cache folders.</summary>
/// <param name="Folders">Each cache folder.</param>
public sealed record CacheStatisticsDto(IReadOnlyList<CacheFolderDto> Folders);

/// <summary>A cache folder.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Files">Derivatives that are recorded to lie in it.</param>
/// <param name="Bytes">Their length together.</param>
/// <param name="FreeBytes">Bytes that may still be written; null when its disk does not tell.</param>
public sealed record CacheFolderDto(string Path, long Files, long Bytes, long? FreeBytes);
