using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace ImageLibrary.Api.WebUi;

/// <summary>Serves the built web UI; every path that is not the API's shows its page, which routes by itself.</summary>
internal static class WebUiFiles
{
    private const string Page = "/index.html";
    private static readonly string[] OtherPaths = ["/api", "/openapi", "/health"];

    public static void UseWebUi(this WebApplication app, ApiOptions options)
    {
        if (options.WebRoot is not { } folder || !Directory.Exists(folder))
        {
            return;
        }
        app.Use((context, next) =>
        {
            if (IsPage(context.Request))
            {
                context.Request.Path = Page;
            }
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            OnPrepareResponse = Prepare,
        });
    }

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !OtherPaths.Any(path => request.Path.StartsWithSegments(path, StringComparison.Ordinal))
        && !Path.HasExtension(request.Path.Value);

    private static void Prepare(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        // The build names everything but the page itself by its content.
        var immutable = file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal);
        headers.CacheControl = immutable ? "public, max-age=31536000, immutable" : "no-cache";
        if (file.File.Name.EndsWith(".html", StringComparison.Ordinal))
        {
            headers.ContentSecurityPolicy =
                "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";
            headers["Referrer-Policy"] = "no-referrer";
        }
    }
}
