using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Temporal.Server;
using ImageLibrary.Tests.Api.Support;
using ImageLibrary.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Client;
using Xunit;

[assembly: AssemblyFixture(typeof(ScannedLibrary))]

namespace ImageLibrary.Tests.Api.Support;

/// <summary>API, embedded engine and worker with one scanned library; tests that share it change nothing of that library.</summary>
public sealed class ScannedLibrary : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private TemporalServerHost? engine;
    private IHost? worker;
    private ApiServer? server;

    internal ApiServer Server => server!;

    internal Action<ApiOptionsBuilder>? Configure { get; init; }

    internal string EngineAddress => engine!.Address;

    internal HttpClient Client { get; private set; } = null!;

    internal string LibraryId { get; private set; } = "";

    internal string JobId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        engine = await TemporalServerHost.StartAsync(new TemporalServerOptions { Port = 0 });
        server = await ApiServer.StartAsync(engine.Address, Configure);
        worker = await StartWorkerAsync(engine.Address);
        Client = server.CreateClient();
        foreach (var name in new[] { "picture 10", "picture 2", "picture 1" })
        {
            server.AddPicture($"Pictures of a cat/{name}.png", seed: name.Length);
        }
        server.Write("Ähren/1.png", EndToEnd.Support.Png.Gradient(2400, 1500, 5, EndToEnd.Support.Png.Exif("Camera 5", "2024:02:29 23:59:58")));
        server.Write("broken/empty.jpg", []);
        server.Write("broken/page.jpg", "<script>alert(1)</script>"u8.ToArray());
        Zip("Comic.cbz", "page 10.png", "page 2.png");
        LibraryId = Id(await PostAsync("libraries", new { rootPath = server.Pictures, name = "Test" }));
        JobId = (await PostAsync($"libraries/{LibraryId}/scan", new { }))["jobId"]!.GetValue<string>();
        await JobInStateAsync(JobId, "completedWithFailures");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopWorkerAsync();
        await server!.DisposeAsync();
        await engine!.DisposeAsync();
    }

    internal async Task StopWorkerAsync()
    {
        if (worker is not null)
        {
            await worker.StopAsync();
            worker.Dispose();
            worker = null;
        }
    }

    internal static string Id(JsonNode item) => item["id"]!.GetValue<string>();

    internal async Task<JsonObject> GetAsync(string path) => (await Client.GetFromJsonAsync<JsonObject>(path))!;

    internal async Task<IReadOnlyList<JsonObject>> ItemsAsync(string path) =>
        [.. (await GetAsync(path))["items"]!.AsArray().Select(item => item!.AsObject())];

    internal async Task<JsonObject> PostAsync(string path, object body)
    {
        using var response = await Client.PostAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    internal async Task<string> CollectionAsync(string path) =>
        Id((await ItemsAsync("collections")).Single(collection => collection["path"]!.GetValue<string>() == path));

    internal async Task<JsonObject> ImageAsync(string collection, string path) =>
        (await ItemsAsync($"collections/{await CollectionAsync(collection)}/images")).Single(image => image["path"]!.GetValue<string>() == path);

    internal async Task<JsonObject> JobInStateAsync(string id, params string[] states)
    {
        using var patience = new CancellationTokenSource(Deadline);
        while (true)
        {
            var job = await GetAsync($"jobs/{id}");
            if (states.Contains(job["state"]!.GetValue<string>()))
            {
                return job;
            }
            await Task.Delay(20, patience.Token);
        }
    }

    private void Zip(string path, params string[] entries)
    {
        using var archive = ZipFile.Open(Path.Combine(Server.Pictures, path), ZipArchiveMode.Create);
        foreach (var (index, name) in entries.Index())
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(EndToEnd.Support.Png.Gradient(80, 60, 100 + index));
        }
    }

    private async Task<IHost> StartWorkerAsync(string address)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services
            .AddSingleton<ILibraryStore>(Server.Store)
            .AddSingleton(Server.Blobs)
            .AddSingleton<IImageRenderer>(_ => new ImageRenderer())
            .AddSingleton<IArchiveOpener>(new ArchiveOpener())
            .AddImageLibraryWorker(new WorkerOptions { Client = new TemporalClientConnectOptions(address), DataDirectory = Server.DataDirectory });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
