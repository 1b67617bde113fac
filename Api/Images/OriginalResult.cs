using ImageLibrary.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ImageLibrary.Api.Images;

/// <summary>Sends an original. Whether a source is damaged, or its disk fails, may show only as it is read.</summary>
internal sealed class OriginalResult(OriginalFile original) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = TypedResults.Stream(
            original.Content,
            original.MediaType ?? "application/octet-stream",
            entityTag: new EntityTagHeaderValue(original.ETag),
            enableRangeProcessing: original.Content.CanSeek);
        try
        {
            await bytes.ExecuteAsync(httpContext);
        }
        catch (Exception e) when (e is SourceException or IOException && !httpContext.RequestAborted.IsCancellationRequested)
        {
            if (!httpContext.Response.HasStarted)
            {
                throw OriginalFiles.Unreadable(e);
            }
            // The status is sent, so only a broken connection can tell that bytes are missing.
            httpContext.Abort();
        }
    }
}
