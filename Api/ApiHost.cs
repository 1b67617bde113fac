using System.Text.Json;
using ImageLibrary.Api.Authentication;
using ImageLibrary.Api.Cache;
using ImageLibrary.Api.Collections;
using ImageLibrary.Api.Health;
using ImageLibrary.Api.Images;
using ImageLibrary.Api.Jobs;
using ImageLibrary.Api.Json;
using ImageLibrary.Api.Libraries;
using ImageLibrary.Api.OpenApi;
using ImageLibrary.Api.Problems;
using ImageLibrary.Api.Scans;
using ImageLibrary.Api.WebUi;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;

namespace ImageLibrary.Api;

/// <summary>Builds the web application: REST interface, events, web UI.</summary>
public static class ApiHost
{
    /// <summary>Builds the application; nothing listens until it is started.</summary>
    /// <param name="options">How it is reached and whom it trusts.</param>
    /// <param name="configure">
    /// Adds what the API needs: <c>ILibraryStore</c>, <c>IBlobStore</c>, <c>IArchiveOpener</c>, <c>ITemporalClient</c>,
    /// <see cref="WorkerHealth"/>, and logging.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static WebApplication Build(ApiOptions options, Action<WebApplicationBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configure);
        options.Validate();
        // The empty builder reads no file of the working directory and no variable that is not ours.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "ImageLibrary.Api" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var address in options.Bind)
            {
                kestrel.Listen(address, options.Port);
            }
        });
        configure(builder);
        AddServices(builder.Services, options);
        var app = builder.Build();
        Use(app, options);
        return app;
    }

    /// <summary>Writes the OpenAPI document of an application that was started.</summary>
    /// <param name="app">The application.</param>
    /// <param name="output">Where the document goes, as JSON.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task WriteDocumentAsync(WebApplication app, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        var provider = app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiDocumentRegistration.DocumentName);
        var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        document.SerializeAsV31(new OpenApiJsonWriter(output));
    }

    private static void AddServices(IServiceCollection services, ApiOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddRouting();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Explain);
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddAuthentication(TokenAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(TokenAuthenticationHandler.SchemeName, null);
        // Unknown routes and methods of the API ask for a token first, like known ones.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder()
            .RequireAssertion(context => context.User.Identity is { IsAuthenticated: true } || !IsApi(context.Resource))
            .Build());
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddApiDocument();
        services.AddSingleton<SessionKeys>().AddSingleton<HostFilter>()
            .AddSingleton<FolderPolicy>().AddSingleton<LibraryRegistration>().AddSingleton<FolderCheck>()
            .AddSingleton<DerivativeFiles>().AddSingleton<OriginalFiles>().AddSingleton<SourceDisks>()
            .AddSingleton<JobMapper>().AddSingleton<JobControl>().AddSingleton<JobEventStream>().AddSingleton<JobStarter>()
            .AddHostedService<JobReconciliation>();
    }

    private static void Use(WebApplication app, ApiOptions options)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<HostFilter>();
        if (options.BasePath.Length > 0)
        {
            app.UsePathBase(options.BasePath);
        }
        app.UseWebUi(options);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapOpenApi(ApiRoutes.OpenApi.Replace("v1", "{documentName}", StringComparison.Ordinal)).AllowAnonymous();
        app.MapHealth();
        var api = app.MapGroup(ApiRoutes.Prefix).RequireAuthorization();
        api.MapSession();
        api.MapLibraries();
        api.MapScans();
        api.MapCollections();
        api.MapImages();
        api.MapJobs();
        api.MapCache();
    }

    // What routing itself refuses has a status only.
    private static void Explain(ProblemDetailsContext context) => context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take this method.",
        StatusCodes.Status415UnsupportedMediaType => "The body must be JSON, sent as application/json.",
        _ => null,
    };

    private static bool IsApi(object? resource) =>
        resource is not HttpContext context || context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
