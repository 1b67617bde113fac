using System.CommandLine;
using ImageLibrary.Api;
using ImageLibrary.Api.Health;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Storage.Files;
using ImageLibrary.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Client;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>openapi</c>: writes the OpenAPI document to stdout, for generators of clients. Nothing is opened, and nothing listens.</summary>
internal static class OpenApiCommand
{
    public static Command Create()
    {
        var command = new Command("openapi", "Writes the OpenAPI document.") { Hidden = true };
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var app = ApiHost.Build(
                new ApiOptions { AdminToken = "no server is started", DataDirectory = "/nonexistent" }, Describe);
            // Routes are known once the application has started; with this server it listens nowhere.
            await app.StartAsync(cancellationToken);
            await ApiHost.WriteDocumentAsync(app, Console.Out, cancellationToken);
            await Console.Out.WriteLineAsync();
            return ExitCodes.Done;
        });
        return command;
    }

    // The description of a route asks which services exist, and never makes one.
    private static void Describe(WebApplicationBuilder builder) => builder.Services
        .AddSingleton<ILibraryStore>(_ => new SqliteLibraryStore(new SqliteStoreOptions { Path = "/nonexistent" }))
        .AddSingleton<IBlobStore>(_ => new FileBlobStore("/nonexistent"))
        .AddSingleton<IArchiveOpener>(_ => new ArchiveOpener())
        .AddSingleton<ITemporalClient>(_ => TemporalClient.CreateLazy(new TemporalClientConnectOptions("127.0.0.1:1")))
        .AddSingleton(new WorkerHealth(_ => Task.FromResult<string?>(null)))
        .AddSingleton<IServer, NoServer>();

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
