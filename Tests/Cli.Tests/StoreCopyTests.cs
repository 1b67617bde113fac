using System.Text.Json.Nodes;
using ImageLibrary.Core;
using ImageLibrary.Storage.Sqlite;
using ImageLibrary.Tests.MongoServers;
using Xunit;

namespace ImageLibrary.Tests.Cli.Tests;

/// <summary><c>store copy</c> between files and a real MongoDB, killed on the way.</summary>
public sealed class StoreCopyTests : ProgramTests, IAsyncLifetime
{
    private const int Collections = 12;
    private const int ImagesEach = 1_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("imagelibrary-copy-").FullName;
    private Mongod _server = null!;

    private string Filled => $"sqlite:{Path.Combine(_folder, "library.db")}";

    private string Empty => $"sqlite:{Path.Combine(_folder, "other", "library.db")}";

    private string Database => $"mongodb://{_server.Address}/copied?directConnection=true";

    public async ValueTask InitializeAsync()
    {
        _server = await Mongod.StartAsync();
        await using var store = new SqliteLibraryStore(new SqliteStoreOptions { Path = Path.Combine(_folder, "library.db") });
        await store.InitializeAsync();
        await store.AddLibraryAsync(new Library { Id = "library", Name = "Pictures", RootPath = "/pictures", CreatedAt = TimeProvider.System.GetUtcNow() });
        var found = Enumerable.Range(1, Collections).Select(number => new DiscoveredCollection($"{number}", $"Folder {number}", CollectionKind.Folder));
        foreach (var collection in await store.UpsertDiscoveredAsync("library", "job", [.. found]))
        {
            foreach (var page in Enumerable.Range(0, ImagesEach).Select(number => Image(collection.Id, $"{number}.jpg")).Chunk(500))
            {
                await store.ImportImagesAsync(collection.Id, page);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Copy_KilledOnTheWayThereAndBack_GoesOnAndHoldsTheSame()
    {
        await CopyAndKillAsync(Filled, Database);
        var there = await CopyAsync(Filled, Database);
        AssertWentOn(there);
        await CopyAndKillAsync(Database, Empty);
        var back = await CopyAsync(Database, Empty);
        AssertWentOn(back);
        Assert.Equal(Text(there, "checksum"), Text(back, "checksum"));
        var again = await CopyAsync(Filled, Empty);
        Assert.Equal((0, Text(there, "checksum")), (Number(again, "writtenImages"), Text(again, "checksum")));
    }

    [Fact]
    public async Task Copy_WithWhatCannotBe_SaysWhatInOneLine()
    {
        await AssertFailsAsync(2, "--to must be sqlite:FILE or mongodb://", "--from", Filled, "--to", "ftp://host");
        await AssertFailsAsync(2, "option bogus is unknown", "--from", Filled, "--to", "mongodb://user:s3cret@host/?bogus=1");
        await AssertFailsAsync(2, "name the same store", "--from", Filled, "--to", Filled);
        await AssertFailsAsync(1, "there is no file", "--from", Empty, "--to", Database);
        await AssertFailsAsync(1, "mongodb://user:***@127.0.0.1:1/", "--from", Filled, "--to", "mongodb://user:s3cret@127.0.0.1:1/?serverSelectionTimeoutMS=200");
        var run = await RunAsync("store", "copy", "--from", Filled, "--to", "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200&compressors=zlib");
        Assert.StartsWith("note: The MongoDB URL asks for compression", run.Errors[0], StringComparison.Ordinal);
        await using (new FileStream(Path.Combine(_folder, "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            await AssertFailsAsync(1, "is in use", "--from", Filled, "--to", Database);
        }
    }

    private static ImageRecord Image(string collection, string path) => new()
    {
        Id = StableId.ForImage(collection, path, 0),
        CollectionId = collection,
        LibraryId = "library",
        Path = path,
        SortKey = NaturalSortKey.Create(path),
        SourceSize = 1_000_000,
        State = ImageState.Ready,
        Facts = new SourceFacts { Width = 4000, Height = 3000, Format = "jpeg" },
        Thumbhash = [1, 2, 3],
        Derivatives = [new Derivative(DerivativeSpec.Thumbnail, $"{path}-thumbnail", 300, 225, 12_345, 80, "jpeg", "recipe")],
    };

    private static async Task CopyAndKillAsync(string from, string to)
    {
        using var process = Start("dotnet", [ProgramPath(), "store", "copy", "--json", "--from", from, "--to", to]);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("progress", "copying"), (Text(JsonNode.Parse(line!)!, "event"), Text(JsonNode.Parse(line!)!, "stage")));
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<JsonNode> CopyAsync(string from, string to)
    {
        var run = await RunAsync("store", "copy", "--json", "--from", from, "--to", to);
        Assert.True(run.Code == 0, string.Join('\n', run.Errors));
        return JsonNode.Parse(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!;
    }

    private static async Task AssertFailsAsync(int code, string message, params string[] options)
    {
        var run = await RunAsync(["store", "copy", .. options]);
        var error = Assert.Single(run.Errors);
        Assert.Equal(code, run.Code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
    }

    private static void AssertWentOn(JsonNode summary)
    {
        Assert.Equal(("summary", Collections * ImagesEach), (Text(summary, "event"), Number(summary, "images")));
        Assert.InRange(Number(summary, "writtenImages"), 1, Collections * ImagesEach - 500);
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static long Number(JsonNode node, string name) => node[name]!.GetValue<long>();
}
