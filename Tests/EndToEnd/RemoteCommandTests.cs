using System.Text.Json.Nodes;
using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>The commands that talk to a running server, found by its data folder.</summary>
public sealed class RemoteCommandTests(SharedServer shared) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Commands_FromAddingALibraryToItsRemoval_DoWhatTheySay()
    {
        var root = folder.MakeLibrary(collections: 1, each: 2);
        File.WriteAllBytes(Path.Combine(root, "Collection 1", "empty.jpg"), []);
        using var server = await shared.GetAsync();

        var added = Assert.Single(await RunAsync(0, "libraries", "add", root, "--name", "By command"));
        Assert.Contains("overlaps", await FailAsync(1, "libraries", "add", root), StringComparison.Ordinal);
        var scan = (await RunAsync(3, "scan", "By command"))[^1];
        Assert.Equal(("completedWithFailures", 2, 1), (scan.State(), scan.Images("rendered"), scan.Images("failed")));
        Assert.Contains(await RunAsync(0, "jobs", "list", "--state", "completedWithFailures", "--type", "scan"), job => job.Id() == scan.Id());
        Assert.DoesNotContain(await RunAsync(0, "jobs", "list", "--state", "running"), job => job.Id() == scan.Id());
        Assert.Equal("empty", Assert.Single(await RunAsync(0, "jobs", "failures", scan.Id()))["class"]!.GetValue<string>());
        Assert.Equal(scan.Id(), Assert.Single(await RunAsync(0, "jobs", "show", $"library-scan/{added.Id()}")).Id());
        Assert.Equal(scan.State(), Assert.Single(await RunAsync(3, "jobs", "watch", scan.Id())).State());
        Assert.Contains("already ended", await FailAsync(1, "jobs", "pause", scan.Id()), StringComparison.Ordinal);
        var (refused, jobs, error) = await Program.RunAsync("scan", "By command", "--path", "nowhere", "--json", "--data", shared.Data);
        Assert.Equal((1, "failed"), (refused, jobs[^1].State()));
        Assert.Contains("error: There is no folder or archive 'nowhere'", error, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(root, "empty"));
        var (_, _, note) = await Program.RunAsync("scan", "By command", "--path", "empty", "--data", shared.Data);
        Assert.Contains("no images at 'empty'", note, StringComparison.Ordinal);

        var removal = (await RunAsync(0, "libraries", "remove", root))[^1];
        Assert.Equal(("removal", "completed"), (removal["type"]!.GetValue<string>(), removal.State()));
        Assert.DoesNotContain(await RunAsync(0, "libraries"), library => library.Id() == added.Id());
        Assert.Contains("there is no library", await FailAsync(1, "scan", "By command"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithWrongTokenOrAddress_SaysWhatIsWrong()
    {
        using var server = await shared.GetAsync();
        Assert.Contains("admin-token", await FailAsync(1, "jobs", "--token", "wrong"), StringComparison.Ordinal);
        Assert.Contains("does not answer", await FailAsync(1, "jobs", "--url", "http://127.0.0.1:1"), StringComparison.Ordinal);
        Assert.Contains("--url", await FailAsync(2, "jobs", "--url", "nonsense"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_OfServerThatBreaks_FollowsTheJobToItsEnd()
    {
        await using var program = Program.Serve(folder["data"], Directory.CreateDirectory(folder["empty"]).FullName);
        using var server = await program.ReadyAsync();
        await server.PostAsync("jobs/pause-all");
        var library = await server.PostAsync("libraries", new { rootPath = folder.MakeLibrary(collections: 1, each: 5) });
        var job = (await server.PostAsync($"libraries/{library.Id()}/scan"))["jobId"]!.GetValue<string>();
        await using var watch = Program.Start("jobs", "watch", job, "--json", "--data", folder["data"]);
        await Eventually.TrueAsync(
            () => Task.FromResult(watch.Lines is [.., var last] && last.State() == "paused"), Deadline, "the paused job is shown");

        ProcessTree.Kill(program.Tree().Skip(1));
        await Eventually.TrueAsync(() => TryResumeAsync(server), Deadline, "the server is back");

        Assert.True(await watch.ExitCodeAsync(Deadline) == 0, watch.Errors);
        Assert.Equal("completed", watch.Lines[^1].State());
    }

    public void Dispose() => folder.Dispose();

    private static async Task<bool> TryResumeAsync(Server server)
    {
        try
        {
            await server.PostAsync("jobs/resume-all");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<JsonObject>> RunAsync(int expected, params string[] command)
    {
        var (code, lines, errors) = await Program.RunAsync([.. command, "--json", "--data", shared.Data]);
        Assert.True(code == expected, $"{string.Join(' ', command)}: {code} {errors}");
        return lines;
    }

    private async Task<string> FailAsync(int expected, params string[] command)
    {
        var (code, lines, errors) = await Program.RunAsync([.. command, "--json", "--data", shared.Data]);
        Assert.True(code == expected, $"{string.Join(' ', command)}: {code} {errors}");
        Assert.Empty(lines);
        return Assert.Single(errors.Split('\n'));
    }
}
