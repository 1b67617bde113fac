using ImageLibrary.Api.Problems;
using ImageLibrary.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ImageLibrary.Api.Images;

/// <summary>One image: its facts, its derivatives' bytes, its original.</summary>
internal static class ImageEndpoints
{
    private const string Immutable = "private, max-age=31536000, immutable";
    private const string Revalidate = "private, no-cache";

    public static void MapImages(this IEndpointRouteBuilder api)
    {
        var images = api.MapGroup("/images").WithTags("Images");
        images.MapRead("/{id}", Get).WithName("getImage").ProducesProblem(StatusCodes.Status404NotFound);
        MapBytes(images, "/{id}/original", Original, "application/octet-stream")
            .WithName("getOriginal")
            .WithSummary("The source's bytes as they are; what a browser might run is offered as a download.");
        MapDerivative(images, DerivativeSpec.Thumbnail, "getThumbnail");
        MapDerivative(images, DerivativeSpec.Cache, "getCache");
    }

    private static void MapDerivative(RouteGroupBuilder images, string kind, string operation)
    {
        MapBytes(
                images, $"/{{id}}/{kind}",
                (string id, DerivativeFiles files, HttpContext context) => Derivative(id, kind, null, files, context), "image/jpeg")
            .WithName(operation)
            .WithSummary("The bytes; rendered now when they are missing.");
        MapBytes(
                images, $"/{{id}}/{kind}/{{fileName}}",
                (string id, string fileName, DerivativeFiles files, HttpContext context) => Derivative(id, kind, fileName, files, context),
                "image/jpeg")
            .WithName($"{operation}File")
            .WithSummary("The bytes, cached for ever: the address carries the file's name.");
    }

    private static RouteHandlerBuilder MapBytes(RouteGroupBuilder images, string route, Delegate handler, string mediaType) =>
        images.MapRead(route, handler)
            .Produces<Stream>(StatusCodes.Status200OK, mediaType)
            .Produces<Stream>(StatusCodes.Status206PartialContent, mediaType)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Produces(StatusCodes.Status416RangeNotSatisfiable)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<ImageDto>> Get(string id, ILibraryStore store, HttpContext context, CancellationToken cancellationToken)
    {
        var image = await store.GetImageAsync(id, cancellationToken) ?? throw ApiProblemException.NotFound("image", id);
        return TypedResults.Ok(ImageDto.From(image, new ImageUrls(context.Request.PathBase)));
    }

    private static async Task<IResult> Derivative(string id, string kind, string? fileName, DerivativeFiles files, HttpContext context)
    {
        var (derivative, stream) = await files.OpenAsync(id, kind, context.RequestAborted);
        var name = ImageUrls.NameOf(derivative);
        var headers = context.Response.Headers;
        // An old address of an image that was rendered again shows the new picture, but must not be kept.
        headers.CacheControl = fileName == name ? Immutable : Revalidate;
        headers.XContentTypeOptions = "nosniff";
        var mediaType = Files.ImageFormats.MediaType(derivative.Format) ?? "application/octet-stream";
        var tag = $"\"{Path.GetFileNameWithoutExtension(name)}\"";
        return derivative.IsOriginal
            ? new OriginalResult(new OriginalFile(stream, name, mediaType, tag))
            : TypedResults.Stream(stream, mediaType, entityTag: new EntityTagHeaderValue(tag), enableRangeProcessing: true);
    }

    private static async Task<IResult> Original(string id, OriginalFiles originals, HttpContext context)
    {
        var original = await originals.OpenAsync(id, context.RequestAborted);
        var headers = context.Response.Headers;
        headers.CacheControl = Revalidate;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        var disposition = new ContentDispositionHeaderValue(original.MediaType is null ? "attachment" : "inline");
        disposition.SetHttpFileName(original.FileName);
        headers.ContentDisposition = disposition.ToString();
        return new OriginalResult(original);
    }
}
