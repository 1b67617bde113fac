using System.Text.Json.Nodes;
using ImageLibrary.Tests.EndToEnd.Support;
using ImageLibrary.Tests.MongoServers;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>The database gets out of reach in mid-scan: the scan waits, goes on by itself, and ends as an undisturbed one.</summary>
public sealed class MongoFaultTests(UndisturbedScan undisturbed, ITestOutputHelper output) : IClassFixture<UndisturbedScan>, IDisposable
{
    // Short waits of the driver, so that a fault is felt within the time that it lasts.
    private const string Options = "serverSelectionTimeoutMS=2000&connectTimeoutMS=2000&heartbeatFrequencyMS=1000";
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(Repository.LongForms ? 6 : 2);
    private readonly TemporaryFolder folder = new();

    private static int Pictures => UndisturbedScan.Pictures;

    private delegate Task Fault(Toxiproxy proxy);

    [Fact]
    public async Task Connections_CutResetDelayedAndHalfOpen_LeaveTheUndisturbedState()
    {
        var faults = new List<(string Name, Fault Begin)>
        {
            ("cut", proxy => proxy.EnableAsync(false)),
            ("reset", proxy => proxy.AddToxicAsync("reset_peer", "downstream", new { timeout = 0 })),
        };
        if (Repository.LongForms)
        {
            faults.Add(("delayed 2 s", proxy => proxy.AddToxicAsync("latency", "downstream", new { latency = 2_000 })));
            faults.Add(("half-open", proxy => proxy.AddToxicAsync("timeout", "downstream", new { timeout = 0 })));
            faults.Add(("half-open the other way", proxy => proxy.AddToxicAsync("timeout", "upstream", new { timeout = 0 })));
            faults.Add(("cut in mid-message", proxy => proxy.AddToxicAsync("limit_data", "downstream", new { bytes = 1_000 })));
        }
        await using var mongod = await Mongod.StartAsync();
        await using var proxy = await Toxiproxy.StartAsync(mongod.Address);
        await AssertSurvivesAsync($"mongodb://{proxy.Address}/test?directConnection=true&{Options}", faults.Count, async (server, index) =>
        {
            output.WriteLine(faults[index].Name);
            await faults[index].Begin(proxy);
            await HoldAsync(server);
            await proxy.ResetAsync();
        });
    }

    [Fact]
    public async Task Primary_SteppingDown_LeavesTheUndisturbedState()
    {
        await using var set = await MongoReplicaSet.StartAsync(Repository.LongForms ? 3 : 1);
        var url = set.Url.Replace("/?", "/test?", StringComparison.Ordinal);
        await AssertSurvivesAsync($"{url}&{Options}", Repository.LongForms ? 3 : 1, async (_, _) => await set.StepDownAsync());
    }

    [Fact]
    public async Task Disk_FullAtTheServer_IsNamedAndTheScanGoesOnWhenThereIsSpace()
    {
        using var disk = SmallDisk.Mount(folder["disk"], megabytes: 96);
        // Without a journal made in advance, the next write meets the full disk.
        await using var mongod = await Mongod.StartInAsync(
            Directory.CreateDirectory(disk["database"]).FullName,
            "--wiredTigerEngineConfigString", "log=(file_max=1MB,prealloc=false)", "--setParameter", "diagnosticDataCollectionEnabled=false");
        var ends = 0;
        using var stop = new CancellationTokenSource();
        var supervision = mongod.SuperviseAsync(() => ends++, stop.Token);
        try
        {
            await AssertSurvivesAsync($"mongodb://{mongod.Address}/test?directConnection=true&{Options}", Repository.LongForms ? 3 : 1, async (server, _) =>
            {
                var before = Volatile.Read(ref ends);
                disk.Fill();
                await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref ends) > before), Deadline, "the server has ended for want of space");
                await Eventually.TrueAsync(() => IsNamedAsync(server, "its disk is full"), Deadline, "the full disk is named");
                await HoldAsync(server);
                disk.Free();
            });
        }
        finally
        {
            await stop.CancelAsync();
            await supervision;
        }
    }

    [Fact]
    public async Task Password_ChangedInMidScan_IsNamedAndTheScanGoesOnOnceItIsBack()
    {
        await using var mongod = await Mongod.StartAsync("--auth");
        await using var proxy = await Toxiproxy.StartAsync(mongod.Address);
        using var admin = new MongoClient(new MongoClientSettings { Server = new MongoServerAddress("127.0.0.1", mongod.Port), DirectConnection = true });
        await CommandAsync(admin, new BsonDocument { { "createUser", "root" }, { "pwd", "right" }, { "roles", new BsonArray { "root" } } });
        using var root = new MongoClient(new MongoClientSettings
        {
            Server = new MongoServerAddress("127.0.0.1", mongod.Port),
            DirectConnection = true,
            Credential = MongoCredential.CreateCredential("admin", "root", "right"),
        });
        await CommandAsync(root, new BsonDocument { { "createUser", "library" }, { "pwd", "geheim" }, { "roles", new BsonArray { "readWriteAnyDatabase", "clusterMonitor" } } });
        await AssertRefusedAtStartAsync($"mongodb://library:falsch@{proxy.Address}/test?authSource=admin");
        if (!Repository.LongForms)
        {
            return;
        }
        await AssertSurvivesAsync($"mongodb://library:geheim@{proxy.Address}/test?authSource=admin&directConnection=true&{Options}", 1, async (server, _) =>
        {
            await CommandAsync(root, new BsonDocument { { "updateUser", "library" }, { "pwd", "other" } });
            // What is connected stays so; new connections need the password.
            await proxy.EnableAsync(false);
            await proxy.EnableAsync(true);
            await HoldAsync(server);
            await Eventually.TrueAsync(() => IsNamedAsync(server, "password"), Deadline, "the refused password is named");
            await CommandAsync(root, new BsonDocument { { "updateUser", "library" }, { "pwd", "geheim" } });
        });
    }

    public void Dispose() => folder.Dispose();

    private static async Task<bool> IsNamedAsync(Server server, string reason)
    {
        using var ready = await server.GetRawAsync("/health/ready");
        var text = await ready.Content.ReadAsStringAsync();
        Assert.DoesNotContain("geheim", text, StringComparison.Ordinal);
        return text.Contains(reason, StringComparison.Ordinal);
    }

    // Disturbs a scan at equal shares of its way, and compares its end with that of a scan that nobody disturbed.
    private async Task AssertSurvivesAsync(string url, int times, Func<Server, int, Task> disturb)
    {
        var data = folder["data"];
        await using var program = Program.Serve(data, undisturbed.Library, "--mongo", url);
        using var server = await program.ReadyAsync();
        var job = await Eventually.GetAsync(server.NewestJobAsync, Deadline, "the scan has started");
        for (var index = 0; index < times; index++)
        {
            var goal = 2 * Pictures * (index + 1) / (times + 2);
            await Eventually.TrueAsync(() => Task.FromResult(FinalState.Files(data).Count >= goal), Deadline, $"{goal} derivatives are written");
            await disturb(server, index);
        }
        var ended = await ReachAsync(server, job.Id());
        Assert.True(ended.State() == "completed", $"{ended}\n{program.Errors}");
        Assert.Equal((Pictures, 0, Pictures), ((int)ended.Images("total"), (int)ended.Images("failed"), (int)(ended.Images("rendered") + ended.Images("reused"))));
        Assert.Equal(undisturbed.Images, await FinalState.ImagesAsync(server));
        await FinalState.AssertFilesMatchAsync(server, data);
        Assert.DoesNotContain("geheim", program.Errors, StringComparison.Ordinal);
    }

    // While the database recovers, a request may still fail.
    private static Task<JsonObject> ReachAsync(Server server, string jobId) => Eventually.GetAsync(
        async () =>
        {
            using var response = await server.GetRawAsync($"jobs/{jobId}");
            if (!response.IsSuccessStatusCode)
            {
                return null;
            }
            var job = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
            return job.State() is "completed" or "completedWithFailures" or "failed" or "cancelled" ? job : null;
        },
        Deadline,
        "the scan has ended");

    // The fault lasts some time, in which the process must stay and answer that it is not ready.
    private static async Task HoldAsync(Server server)
    {
        using var timer = new PeriodicTimer(Hold);
        await timer.WaitForNextTickAsync();
        using var live = await server.GetRawAsync("/health/live");
        Assert.True(live.IsSuccessStatusCode);
    }

    private async Task AssertRefusedAtStartAsync(string url)
    {
        await using var program = Program.Serve(folder["refused"], "--mongo", url);
        Assert.Equal(1, await program.ExitCodeAsync(TimeSpan.FromMinutes(2)));
        Assert.Contains("password", Assert.Single(program.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("falsch", program.Errors, StringComparison.Ordinal);
    }

    private static async Task CommandAsync(MongoClient client, BsonDocument command) => await client.GetDatabase("admin").RunCommandAsync<BsonDocument>(command);
}
