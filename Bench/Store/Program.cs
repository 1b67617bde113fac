using System.Diagnostics;
using System.Globalization;
using ImageLibrary.Bench.Store;

// Imports rows of images that do not exist into MongoDB or SQLite, then asks the REST interface:
//   dotnet run -c Release --project Bench/Store -- [--sqlite] [IMAGES] [REQUESTS]
// Ends with 1 where a question takes over 100 ms at the 95th percentile, or the server's memory grows by half meanwhile.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var onSqlite = args is ["--sqlite", ..];
var numbers = args.Skip(onSqlite ? 1 : 0).Select(int.Parse).ToArray();
var images = numbers.ElementAtOrDefault(0) is > 0 and var given ? given : 1_000_000;
var requests = numbers.ElementAtOrDefault(1) is > 0 and var asked ? asked : 500;
var data = Directory.CreateTempSubdirectory("imagelibrary-bench-").FullName;
await using var store = onSqlite ? BenchStore.OnSqlite(data) : await BenchStore.OnMongoAsync();
await store.Library.InitializeAsync();
var took = await new SyntheticLibrary(store.Library, images).ImportAsync();
await store.Library.DisposeAsync();
Console.WriteLine($"{images} images imported into {store.Library.Product} in {took.TotalSeconds:0} s ({images / took.TotalSeconds:0}/s)");

using var server = Process.Start(new ProcessStartInfo(
    "dotnet",
    [CommandLinePath(), "serve", "--no-supervise", "--json", "--data", data, "--port", "0", "--engine-port", "0", .. store.Arguments])
{
    RedirectStandardOutput = true,
})!;
try
{
    using var http = RestRun.Connect((await server.StandardOutput.ReadLineAsync())!);
    var rest = new RestRun(http);
    var collections = await rest.ItemsAsync("collections?limit=1000");
    string Id(int number) => collections[number * 7 % collections.Count]!["id"]!.GetValue<string>();
    var large = (await rest.ItemsAsync("collections?search=large"))[0]!["id"]!.GetValue<string>();
    var pictures = await rest.ItemsAsync($"collections/{large}/images?limit=1000");
    var turn = 0;

    var before = Memory();
    Console.WriteLine($"memory of the server before: {before} MiB; load {File.ReadAllText("/proc/loadavg").Trim()}");
    Console.WriteLine("| request                                    | p50 ms | p95 ms | max ms |");
    Console.WriteLine("|--------------------------------------------|-------:|-------:|-------:|");
    await rest.MeasureAsync("libraries with their sums", requests, _ => "libraries");
    await rest.MeasureAsync("sums of the cache folder", requests, _ => "cache/statistics");
    await rest.MeasureAsync("collections by path, page after page", requests, last => Next("collections?limit=50", last?["nextCursor"]?.GetValue<string>()));
    await rest.MeasureAsync("collections newest first", requests, last => Next("collections?sort=added&limit=50", last?["nextCursor"]?.GetValue<string>()));
    await rest.MeasureAsync("search, a word of a tenth of all", requests, last => Next("collections?search=rome&limit=50", last?["nextCursor"]?.GetValue<string>()));
    await rest.MeasureAsync("search, two words", requests, _ => "collections?search=winter%20sea&limit=50");
    await rest.MeasureAsync("search, a rare word", requests, _ => $"collections?search={turn++ % 8_000}&limit=50");
    await rest.MeasureAsync("one collection with its sums", requests, _ => $"collections/{Id(turn++)}");
    await rest.MeasureAsync("images of small collections", requests, _ => $"collections/{Id(turn++)}/images?limit=50");
    await rest.MeasureAsync("images of a large one, page after page", requests, last => Next($"collections/{large}/images?limit=50", last?["nextCursor"]?.GetValue<string>()));
    await rest.MeasureAsync("one image", requests, _ => $"images/{pictures[turn++ * 13 % pictures.Count]!["id"]}");
    await rest.MeasureAsync("jobs", requests, _ => "jobs");
    var after = Memory();
    Console.WriteLine($"memory of the server after: {after} MiB");
    return rest.SlowestPercentile < 100 && after < before * 3 / 2 ? 0 : 1;
}
finally
{
    server.Kill(entireProcessTree: true);
    await server.WaitForExitAsync();
    Directory.Delete(data, recursive: true);
}

long Memory()
{
    server.Refresh();
    return server.WorkingSet64 >> 20;
}

static string Next(string path, string? cursor) => cursor is null ? path : $"{path}&cursor={Uri.EscapeDataString(cursor)}";

static string CommandLinePath()
{
    var root = new DirectoryInfo(AppContext.BaseDirectory);
    while (!File.Exists(Path.Combine(root!.FullName, "ImageLibrary.sln")))
    {
        root = root.Parent;
    }
    var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
    return Path.Combine(root.FullName, "Cli", "bin", configuration, "net10.0", "imagelibrary.dll");
}
