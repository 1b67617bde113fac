using System.Formats.Tar;
using System.IO.Compression;
using ImageLibrary.Activities;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Storage.Files;
using ImageLibrary.Storage.Sqlite;
using ImageLibrary.Worker;
using ImageLibrary.Workflows;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>A library of small pictures, with the real store, renderer, archives and worker.</summary>
internal sealed class TestLibrary : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("imagelibrary-worker-");
    private readonly TemporalClientConnectOptions engine;
    private readonly TestLibraryOptions options;
    private IHost? host;

    private TestLibrary(TemporalClientConnectOptions engine, TestLibraryOptions options)
    {
        this.engine = engine;
        this.options = options;
        Root = Path.Combine(folder.FullName, "pictures");
        Directory.CreateDirectory(Root);
        Store = new SqliteLibraryStore(new SqliteStoreOptions
        {
            Path = Path.Combine(folder.FullName, "library.db"),
            LockTimeout = TimeSpan.FromMilliseconds(200),
        });
        Blobs = new FullBlobs(new FileBlobStore(options.CacheFolder ?? Path.Combine(folder.FullName, "cache")));
    }

    /// <summary>The renderer of all its workers.</summary>
    public GatedRenderer Renderer { get; } = new(new ImageRenderer());

    public string Root { get; }

    public string Id { get; } = StableId.NewId();

    public SqliteLibraryStore Store { get; }

    public FullBlobs Blobs { get; }

    public ITemporalClient Client => host!.Services.GetRequiredService<ITemporalClient>();

    public PictureProcessor Pictures => host!.Services.GetRequiredService<PictureProcessor>();

    /// <summary>The archives of all its workers.</summary>
    public CountedArchives Archives { get; } = new();

    public static async Task<TestLibrary> CreateAsync(IEngine engine, TestLibraryOptions? options = null)
    {
        var connect = new TemporalClientConnectOptions(engine.AddressOrSkip()) { Namespace = await engine.NamespaceAsync() };
        var library = new TestLibrary(connect, options ?? new TestLibraryOptions());
        await library.Store.InitializeAsync();
        await library.Store.AddLibraryAsync(new Library
        {
            Id = library.Id,
            Name = "Test",
            RootPath = library.Root,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Settings = new LibrarySettings { MaxConcurrentCollections = library.options.Concurrency },
        });
        await library.StartWorkerAsync();
        return library;
    }

    public async Task StartWorkerAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddSingleton<ILibraryStore>(Store);
        builder.Services.AddSingleton<IBlobStore>(Blobs);
        builder.Services.AddSingleton<IImageRenderer>(Renderer);
        builder.Services.AddSingleton<IArchiveOpener>(Archives);
        builder.Services.AddImageLibraryWorker(new WorkerOptions
        {
            Client = engine,
            DataDirectory = Path.Combine(folder.FullName, "data"),
            Workers = options.Workers,
            WaitInterval = TimeSpan.FromSeconds(1),
            ReadDeadline = options.ReadDeadline,
        });
        host = builder.Build();
        await host.StartAsync();
    }

    /// <summary>Takes all memory that its worker has for decodes, until the answer is disposed.</summary>
    public IDisposable TakeMemory() => host!.Services.GetRequiredService<MemoryBudget>()
        .Take(host.Services.GetRequiredService<ActivitySettings>().MemoryBudget, CancellationToken.None);

    public async Task StopWorkerAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
            host = null;
        }
    }

    /// <summary>Adds a folder of pictures.</summary>
    public void AddPictures(string name, int count)
    {
        for (var i = 0; i < count; i++)
        {
            AddPicture($"{name}/{i}.png");
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

    /// <summary>Adds a tar.gz, in which entries follow each other in the order given.</summary>
    public void AddTarGz(string path, params (string Name, byte[] Content)[] entries)
    {
        using var writer = new TarWriter(new GZipStream(File.Create(Path.Combine(Root, path)), CompressionLevel.Fastest));
        foreach (var (name, content) in entries)
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }
    }

    /// <summary>Waits until an activity of a workflow waits for another attempt.</summary>
    public Task<PendingActivityInfo> RetryAsync(string workflowId, string activity, int attempt) =>
        PendingAsync(workflowId, activity, item => item.Attempt >= attempt && item.State == PendingActivityState.Scheduled);

    /// <summary>Waits until an activity of a workflow runs, or was asked to stop.</summary>
    public Task<PendingActivityInfo> PendingAsync(string workflowId, string activity, PendingActivityState state) =>
        PendingAsync(workflowId, activity, item => item.State == state);

    /// <summary>Another program locks the store, until the answer is disposed.</summary>
    public async Task<IAsyncDisposable> LockStoreAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "library.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public string CollectionId(string path) => StableId.ForCollection(Id, path);

    public async Task<ImageRecord> ImageAsync(string collection, string path) =>
        (await Store.GetImageAsync(StableId.ForImage(CollectionId(collection), path)))!;

    public async Task<Job> JobAsync(string id) => (await Store.GetJobAsync(id))!;

    /// <summary>Waits until the store shows the job as wanted.</summary>
    public async Task<Job> JobWhenAsync(string id, Func<Job, bool> condition)
    {
        Job? job = null;
        await Eventually.HoldsAsync(async () => (job = await Store.GetJobAsync(id)) is not null && condition(job));
        return job!;
    }

    /// <summary>Asserts that every run of the library's scans, and of its collections, replays.</summary>
    public async Task AssertHistoriesReplayAsync()
    {
        await Histories.AssertReplayAsync(await Histories.OfChainAsync(Client, WorkflowIds.LibraryScan(Id)));
        var collections = await Store.ListCollectionsAsync(new CollectionQuery(Id), new PageRequest(1_000));
        foreach (var collection in collections.Items)
        {
            await Histories.AssertReplayAsync(await Histories.OfChainAsync(Client, WorkflowIds.Collection(collection.Id)));
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

    /// <summary>The progress by which the Web UI lists a job; -1 when it has none.</summary>
    public static async Task<double> PercentAsync(WorkflowHandle job) =>
        (await job.DescribeAsync()).TypedSearchAttributes.TryGetValue(JobSearchAttributes.Progress, out var percent) ? percent : -1;

    public async Task<Job> ScanCollectionAsync(string path, CollectionProcessingInput? input = null)
    {
        var scan = (input ?? new CollectionProcessingInput()) with { CollectionId = CollectionId(path) };
        var handle = await Client.StartWorkflowAsync(
            (ICollectionProcessing workflow) => workflow.RunAsync(scan), CollectionScanStart.Options(scan, path));
        await handle.GetResultAsync();
        return await JobAsync(handle.FirstExecutionRunId!);
    }

    public int CountFiles() => Directory.EnumerateFiles(Blobs.RootPath, "*.jpg", SearchOption.AllDirectories).Count();

    public async ValueTask DisposeAsync()
    {
        Renderer.Open();
        Archives.Answer();
        await StopWorkerAsync();
        Renderer.Dispose();
        Archives.Dispose();
        Blobs.Dispose();
        await Store.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task<PendingActivityInfo> PendingAsync(string workflowId, string activity, Func<PendingActivityInfo, bool> condition)
    {
        PendingActivityInfo? found = null;
        await Eventually.HoldsAsync(async () =>
        {
            var description = await Client.WorkflowService.DescribeWorkflowExecutionAsync(new DescribeWorkflowExecutionRequest
            {
                Namespace = Client.Options.Namespace,
                Execution = new() { WorkflowId = workflowId },
            });
            found = description.PendingActivities.FirstOrDefault(item => item.ActivityType.Name == activity && condition(item));
            return found is not null;
        });
        return found!;
    }
}

/// <summary>What a test wants different.</summary>
internal sealed record TestLibraryOptions
{
    /// <summary>Collections at once.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Pictures at once.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Longest time for reading one picture.</summary>
    public TimeSpan ReadDeadline { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Cache folder; null for one that goes away with the test.</summary>
    public string? CacheFolder { get; init; }
}
