using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ImageLibrary.Api;
using ImageLibrary.Api.Health;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Storage.Files;
using ImageLibrary.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Client;

namespace ImageLibrary.Tests.Api.Support;

/// <summary>The API on a free port with a real store in a folder of its own.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    public const string Token = "a token for tests only";
    private readonly DirectoryInfo folder;
    private readonly WebApplication app;
    private readonly FileBlobStore blobs;
    private readonly Lazy<Task<JsonObject>> paths;

    private ApiServer(DirectoryInfo folder, SqliteLibraryStore store, FileBlobStore blobs, WebApplication app)
    {
        this.folder = folder;
        this.blobs = blobs;
        this.app = app;
        Store = store;
        paths = new(DescribedPathsAsync);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public SqliteLibraryStore Store { get; }

    public IBlobStore Blobs => blobs;

    public Uri Address { get; }

    /// <summary>A folder that may become a library.</summary>
    public string Pictures => Path.Combine(folder.FullName, "pictures");

    public string DataDirectory => Path.Combine(folder.FullName, "data");

    /// <summary>Starts the API; without an engine everything works that needs none.</summary>
    public static async Task<ApiServer> StartAsync(string? engineAddress = null, Action<ApiOptionsBuilder>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("imagelibrary-api-");
        var data = folder.CreateSubdirectory("data").FullName;
        folder.CreateSubdirectory("pictures");
        var store = new SqliteLibraryStore(new SqliteStoreOptions { Path = Path.Combine(data, "library.db") });
        await store.InitializeAsync();
        var blobs = new FileBlobStore(Path.Combine(data, "cache"));
        var web = folder.CreateSubdirectory("web");
        await File.WriteAllTextAsync(Path.Combine(web.FullName, "index.html"), "<!doctype html><title>page</title>");
        await File.WriteAllTextAsync(Path.Combine(web.CreateSubdirectory("assets").FullName, "app-1.js"), "export {};");
        var options = new ApiOptionsBuilder
        {
            Options = new ApiOptions { AdminToken = Token, DataDirectory = data, Port = 0, WebRoot = web.FullName, EventInterval = TimeSpan.FromMilliseconds(50) },
        };
        configure?.Invoke(options);
        var client = TemporalClient.CreateLazy(new TemporalClientConnectOptions(engineAddress ?? "127.0.0.1:1"));
        var app = ApiHost.Build(options.Options, builder => builder.Services
            .AddSingleton<ILibraryStore>(store)
            .AddSingleton<IBlobStore>(blobs)
            .AddSingleton(options.Archives)
            .AddSingleton<ITemporalClient>(client)
            .AddSingleton(options.Time)
            .AddSingleton(new WorkerHealth(_ => Task.FromResult<string?>(engineAddress is null ? "There is none." : null))));
        await app.StartAsync();
        return new ApiServer(folder, store, blobs, app);
    }

    /// <summary>A client with the right token, whose answers are checked against the OpenAPI document.</summary>
    public HttpClient CreateClient() => CreateClient(new AuthenticationHeaderValue("Bearer", Token));

    /// <summary>A client with other credentials, or none.</summary>
    public HttpClient CreateClient(AuthenticationHeaderValue? authorization)
    {
        var client = new HttpClient(new ContractHandler(paths) { InnerHandler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false } })
        {
            BaseAddress = new Uri(Address, "api/v1/"),
        };
        client.DefaultRequestHeaders.Authorization = authorization;
        return client;
    }

    /// <summary>Writes a picture into the folder that may become a library.</summary>
    public void AddPicture(string path, int seed, int width = 64, int height = 48) => Write(path, EndToEnd.Support.Png.Gradient(width, height, seed));

    public void Write(string path, byte[] content)
    {
        var file = Path.Combine(Pictures, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }

    /// <summary>Writes a zip that holds one entry, not packed, and records it as if it had been scanned.</summary>
    /// <returns>Id of the image.</returns>
    public async Task<string> AddArchiveAsync(string path, string entryPath, byte[] content)
    {
        await using (var zip = await ZipFile.OpenAsync(Path.Combine(Pictures, path), ZipArchiveMode.Create))
        await using (var entry = await zip.CreateEntry(entryPath, CompressionLevel.NoCompression).OpenAsync())
        {
            await entry.WriteAsync(content);
        }
        await Store.AddLibraryAsync(new Library { Id = "library", Name = "Pictures", RootPath = Pictures });
        var collection = (await Store.UpsertDiscoveredAsync("library", "job", [new DiscoveredCollection(path, path, CollectionKind.Archive)]))[0];
        var image = new ImageRecord
        {
            Id = StableId.ForImage(collection.Id, entryPath, 0),
            CollectionId = collection.Id,
            LibraryId = "library",
            Path = entryPath,
            SortKey = NaturalSortKey.Create(entryPath, 0),
        };
        await Store.ImportImagesAsync(collection.Id, [image]);
        return image.Id;
    }

    private async Task<JsonObject> DescribedPathsAsync()
    {
        using var client = new HttpClient();
        return JsonNode.Parse(await client.GetStringAsync(new Uri(Address, "openapi/v1.json")))!["paths"]!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await Store.DisposeAsync();
        blobs.Dispose();
        folder.Delete(recursive: true);
    }
}

/// <summary>Options of the server under test, to be replaced.</summary>
internal sealed class ApiOptionsBuilder
{
    public required ApiOptions Options { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public IArchiveOpener Archives { get; set; } = new ArchiveOpener();
}
