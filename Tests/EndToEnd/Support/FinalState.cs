using System.Text.Json.Nodes;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>What a library looks like in the end: each image's state, and the derivatives on disk.</summary>
internal static class FinalState
{
    /// <summary>Path and state of every image, in order.</summary>
    public static async Task<IReadOnlyList<string>> ImagesAsync(Server server)
    {
        var lines = new List<string>();
        foreach (var collection in await server.ListAsync("collections"))
        {
            foreach (var image in await server.ListAsync($"collections/{collection.Id()}/images"))
            {
                lines.Add($"{collection["path"]}/{image["path"]} {image["state"]} {image["width"]}x{image["height"]} "
                    + $"{Describe(image["thumbnail"])} {Describe(image["cache"])} {image["thumbhash"]}");
            }
        }
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>The same of a scan in a data folder of its own, on the embedded store, that nothing disturbs.</summary>
    public static async Task<IReadOnlyList<string>> OfUndisturbedAsync(string data, string library, TimeSpan deadline)
    {
        await using var program = Program.Serve(data, library);
        using var server = await program.ReadyAsync();
        var job = await Eventually.GetAsync(server.NewestJobAsync, deadline, "the undisturbed scan has started");
        await server.JobInStateAsync(job.Id(), deadline, "completed");
        return await ImagesAsync(server);
    }

    /// <summary>Asserts that every recorded derivative is on disk in its full length, and that no other file is.</summary>
    public static async Task AssertFilesMatchAsync(Server server, string data)
    {
        var recorded = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var collection in await server.ListAsync("collections"))
        {
            foreach (var image in await server.ListAsync($"collections/{collection.Id()}/images"))
            {
                foreach (var derivative in new[] { image["thumbnail"], image["cache"] }.OfType<JsonObject>())
                {
                    recorded[Stem(derivative["url"]!.GetValue<string>())] = derivative["bytes"]!.GetValue<long>();
                }
            }
        }
        Assert.NotEmpty(recorded);
        var files = new SortedDictionary<string, long>(
            new DirectoryInfo(Path.Combine(data, "cache")).EnumerateFiles("*", SearchOption.AllDirectories)
                .Where(file => file.Name != "CACHEDIR.TAG").ToDictionary(file => Stem(file.FullName), file => file.Length),
            StringComparer.Ordinal);
        Assert.Equal(recorded, files);
    }

    /// <summary>The derivatives on disk.</summary>
    public static IReadOnlyList<FileInfo> Files(string data) =>
        [.. new DirectoryInfo(Path.Combine(data, "cache")).EnumerateFiles("*.jpg", SearchOption.AllDirectories)];

    /// <summary>The derivatives of a library with the time when each was written; all of them are there.</summary>
    public static async Task<SortedDictionary<string, DateTime>> FilesOfAsync(Server server, string libraryId, string data)
    {
        var files = Files(data).ToDictionary(file => Stem(file.FullName), file => file.LastWriteTimeUtc);
        var found = new SortedDictionary<string, DateTime>(StringComparer.Ordinal);
        foreach (var collection in await server.ListAsync($"collections?libraryId={libraryId}"))
        {
            foreach (var image in await server.ListAsync($"collections/{collection.Id()}/images"))
            {
                foreach (var kind in new[] { "thumbnail", "cache" })
                {
                    var name = Stem(image[kind]!["url"]!.GetValue<string>());
                    found[name] = files[name];
                }
            }
        }
        return found;
    }

    /// <summary>The file of one derivative of an image.</summary>
    public static string FileOf(JsonObject image, string kind, string data)
    {
        var name = Stem(image[kind]!["url"]!.GetValue<string>());
        return Files(data).Single(file => Stem(file.FullName).EndsWith(name, StringComparison.Ordinal)).FullName;
    }

    /// <summary>When each derivative was written: one that is made again has another time.</summary>
    public static Dictionary<string, DateTime> WriteTimes(string data) =>
        Files(data).ToDictionary(file => file.FullName, file => file.LastWriteTimeUtc);

    /// <summary>Asserts that files whose times were noted are still there and were not written since.</summary>
    public static void AssertNothingRewritten(Dictionary<string, DateTime> before, string data)
    {
        var after = WriteTimes(data);
        Assert.All(before, file => Assert.Equal(file.Value, after.GetValueOrDefault(file.Key)));
    }

    private static string Stem(string path) => Path.GetFileNameWithoutExtension(path);

    private static string Describe(JsonNode? derivative) => derivative is null
        ? "-"
        : $"{derivative["width"]}x{derivative["height"]} {derivative["bytes"]} {derivative["format"]}";
}
