using System.Net;
using System.Text.Json.Nodes;
using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>The main job on the official Temporal server, inspected and steered by its own command line.</summary>
public sealed class OfficialServerTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Serve_OnOfficialServer_ScansContinuesAsNewAndRespectsLocks()
    {
        var root = folder.MakeLibrary(collections: 3, each: 10);
        await using var engine = await OfficialServer.StartAsync();
        var temporal = new TemporalCli(engine.Address);
        await using var program = Program.Serve(folder["data"], root, "--temporal", engine.Address);
        using var server = await program.ReadyAsync();
        var first = await Eventually.GetAsync(server.NewestJobAsync, Deadline, "the scan has started");
        var done = await server.JobInStateAsync(first.Id(), Deadline, "completed");
        Assert.Equal(30, done.Images("rendered"));
        var library = (await server.ListAsync("libraries"))[0].Id();

        // Search attributes are there to list and filter by, and hide the children.
        var scans = await ListAsync(temporal, "ImageJobType = 'scan' AND ImageProgress = 100");
        Assert.Equal($"library-scan/{library}", Assert.Single(scans)!["execution"]!["workflowId"]!.GetValue<string>());
        Assert.Equal(3, (await ListAsync(temporal, "ImageJobType = 'collection'")).Count);

        // A low limit of events, given by hand, makes both types of workflow continue as new.
        var run = await StartAsync(temporal, "LibraryScan", $"library-scan/{library}", new { libraryId = library, overwriteExisting = true, eventLimit = 12 });
        var chained = await server.JobInStateAsync(run, Deadline, "completed");
        Assert.Equal(30, chained.Images("rendered"));
        Assert.NotEmpty(await ListAsync(temporal, "WorkflowType = 'LibraryScan' AND ExecutionStatus = 'ContinuedAsNew'"));

        await AssertLockIsRespectedAsync(server, temporal, library);
        await server.AssertHistoriesAreShortAsync();
        await FinalState.AssertFilesMatchAsync(server, folder["data"]);

        await AssertMissingDerivativeWaitsForEngineAsync(server, engine);
    }

    private static async Task AssertLockIsRespectedAsync(Server server, TemporalCli temporal, string library)
    {
        var collection = (await server.ListAsync("collections"))[0].Id();
        var workflow = $"collection/{collection}";
        var byHand = await StartAsync(temporal, "CollectionProcessing", workflow, new { collectionId = collection, overwriteExisting = true, paused = true });
        await server.JobInStateAsync(byHand, Deadline, "paused");
        var scan = (await server.PostAsync($"libraries/{library}/scan", new { overwriteExisting = true }))["jobId"]!.GetValue<string>();
        await Eventually.TrueAsync(
            async () => (await server.GetAsync($"jobs/{scan}")).Images("rendered") == 20, Deadline, "all but the locked collection are rendered");
        await temporal.RunAsync("workflow", "signal", "--workflow-id", workflow, "--name", "resume");
        Assert.Equal(10, (await server.JobInStateAsync(byHand, Deadline, "completed")).Images("rendered"));
        Assert.Equal(30, (await server.JobInStateAsync(scan, Deadline, "completed")).Images("rendered"));
    }

    // The engine stands still: what is there is shown, and what is missing is promised for later.
    private async Task AssertMissingDerivativeWaitsForEngineAsync(Server server, OfficialServer engine)
    {
        var collection = (await server.ListAsync("collections"))[0].Id();
        var images = await server.ListAsync($"collections/{collection}/images");
        File.Delete(FinalState.FileOf(images[0], "thumbnail", folder["data"]));
        ProcessTree.Stop(engine.Id);
        using var missing = await server.GetRawAsync($"images/{images[0].Id()}/thumbnail");
        using var present = await server.GetRawAsync($"images/{images[1].Id()}/thumbnail");
        ProcessTree.Continue(engine.Id);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, missing.StatusCode);
        Assert.NotNull(missing.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, present.StatusCode);
        await Eventually.TrueAsync(
            async () =>
            {
                using var again = await server.GetRawAsync($"images/{images[0].Id()}/thumbnail");
                return again.StatusCode == HttpStatusCode.OK;
            },
            Deadline,
            "the missing thumbnail is rendered");
    }

    private static async Task<string> StartAsync(TemporalCli temporal, string type, string id, object input)
    {
        var output = await temporal.RunAsync(
            "workflow", "start", "--type", type, "--workflow-id", id, "--task-queue", "image-library",
            "--input", System.Text.Json.JsonSerializer.Serialize(input), "--output", "json");
        return JsonNode.Parse(output)!["runId"]!.GetValue<string>();
    }

    private static async Task<JsonArray> ListAsync(TemporalCli temporal, string query)
    {
        var list = new JsonArray();
        await Eventually.TrueAsync(
            async () =>
            {
                list = JsonNode.Parse(await temporal.RunAsync("workflow", "list", "--query", query, "--output", "json"))!.AsArray();
                return list.Count > 0;
            },
            Deadline,
            $"a workflow is listed with {query}");
        return list;
    }

    public void Dispose() => folder.Dispose();
}
