using System.IO.Compression;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Storage.Files;
using ImageLibrary.Storage.Sqlite;
using ImageLibrary.Worker;
using ImageLibrary.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace ImageLibrary.Tests.Worker.Support;

/// <summary>A library of small pictures, with the real store, renderer, archives and worker.</summary>
internal sealed class TestLibrary : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("imagelibrary-worker-");
    private readonly string address;
    private IHost? host;

    private TestLibrary(string address)
    {
        this.address = address;
        Root = Path.Combine(folder.FullName, "pictures");
        Directory.CreateDirectory(Root);
        Store = new SqliteLibraryStore(new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "library.db") });
        Blobs = new FileBlobStore(Path.Combine(folder.FullName, "cache"));
    }

    public string Root { get; }

    public string Id { get; } = StableId.NewId();

    public SqliteLibraryStore Store { get; }

    public FileBlobStore Blobs { get; }

    public ITemporalClient Client => host!.Services.GetRequiredService<ITemporalClient>();

    public static async Task<TestLibrary> CreateAsync(EngineProcess engine)
    {
        var library = new TestLibrary(engine.AddressOrSkip());
        await library.Store.InitializeAsync();
        await library.Store.AddLibraryAsync(new Library
        {
            Id = library.Id,
            Name = "Test",
            RootPath = library.Root,
            CreatedAt = DateTimeOffset.UnixEpoch,
        });
        await library.StartWorkerAsync();
        return library;
    }

    public async Task StartWorkerAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddSingleton<ILibraryStore>(Store);
        builder.Services.AddSingleton<IBlobStore>(_ => new FileBlobStore(Blobs.RootPath));
        builder.Services.AddSingleton<IImageRenderer>(new ImageRenderer());
        builder.Services.AddSingleton<IArchiveOpener>(new ArchiveOpener());
        builder.Services.AddImageLibraryWorker(new WorkerOptions
        {
            Client = new TemporalClientConnectOptions(address),
            DataDirectory = Path.Combine(folder.FullName, "data"),
            WaitInterval = TimeSpan.FromSeconds(1),
        });
        host = builder.Build();
        await host.StartAsync();
    }

    public async Task StopWorkerAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
            host = null;
        }
    }

    public void AddPicture(string path, int seed = 0) => Write(path, TestPng.Create(seed + path.GetHashCode(StringComparison.Ordinal)));

    public void Write(string path, byte[] content)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }

    public void AddArchive(string path, params string[] entries)
    {
        using var archive = ZipFile.Open(Path.Combine(Root, path), ZipArchiveMode.Create);
        foreach (var entry in entries)
        {
            using var stream = archive.CreateEntry(entry).Open();
            stream.Write(TestPng.Create(entry.Length));
        }
    }

    public Task<WorkflowHandle<ILibraryScan, LibraryScanResult>> StartScanAsync(LibraryScanInput? input = null)
    {
        var scan = (input ?? new LibraryScanInput()) with { LibraryId = Id };
        return Client.StartWorkflowAsync((ILibraryScan workflow) => workflow.RunAsync(scan), LibraryScanStart.Options(scan, "Test"));
    }

    public async Task<Job> ScanAsync(LibraryScanInput? input = null)
    {
        var handle = await StartScanAsync(input);
        var result = await handle.GetResultAsync();
        return (await Store.GetJobAsync(result.JobId))!;
    }

    public int CountFiles() => Directory.EnumerateFiles(Blobs.RootPath, "*.jpg", SearchOption.AllDirectories).Count();

    public async ValueTask DisposeAsync()
    {
        await StopWorkerAsync();
        Blobs.Dispose();
        await Store.DisposeAsync();
        folder.Delete(recursive: true);
    }

}
