using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ImageLibrary.Tests.EndToEnd.Support;
using ImageLibrary.Tests.MongoServers;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>The library lies in MongoDB: for one process, for several, and while the database is killed.</summary>
public sealed class MongoTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(Repository.LongForms ? 20 : 10);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Once_OfNewLibrary_RendersEverythingOnceAndWritesNoImageTheSecondTime()
    {
        await using var mongod = await Mongod.StartAsync();
        var photos = Path.Combine(Repository.Root, "..", "shared", "photos");
        var (library, pictures) = Repository.LongForms && Directory.Exists(photos) ? (photos, 23) : (folder.MakeLibrary(collections: 3, each: 7), 21);
        var data = folder["data"];
        var run = await Program.RunOnceAsync(data, library, "--mongo", Url(mongod));
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal((pictures, pictures), (run.Job.Images("total"), run.Job.Images("rendered")));
        Assert.Equal(2 * pictures, FinalState.Files(data).Count);
        Assert.Empty(Directory.GetFiles(data, "library.db*"));
        var segments = await SegmentsAsync(mongod);
        Assert.Equal(pictures, segments.Sum(segment => segment["n"].ToInt32()));

        var again = await Program.RunOnceAsync(data, library, "--mongo", Url(mongod));
        Assert.Equal((0, "completed"), (again.ExitCode, again.Job.State()));
        Assert.Equal((pictures, 0, 0), (again.Job.Images("skipped"), again.Job.Images("rendered"), again.Job["bytesRead"]!.GetValue<long>()));
        Assert.Equal(segments, await SegmentsAsync(mongod));
    }

    [Fact]
    public async Task KillOfDatabase_InMidScan_LeavesTheUndisturbedState()
    {
        var pictures = Repository.LongForms ? 3_000 : 160;
        var kills = Repository.LongForms ? 8 : 1;
        await using var mongod = await Mongod.StartAsync();
        var library = folder.MakeLibrary(collections: 10, each: pictures / 10, width: 400, height: 300);
        var expected = await FinalState.OfUndisturbedAsync(folder["undisturbed"], library, Deadline);
        var data = folder["data"];
        await using var program = Program.Serve(data, library, "--mongo", $"{Url(mongod)}&serverSelectionTimeoutMS=2000");
        using var server = await program.ReadyAsync();
        var job = await Eventually.GetAsync(server.NewestJobAsync, Deadline, "the scan has started");
        for (var kill = 1; kill <= kills; kill++)
        {
            var goal = 2 * pictures * kill / (kills + 1);
            await Eventually.TrueAsync(() => Task.FromResult(FinalState.Files(data).Count >= goal), Deadline, $"{goal} derivatives are written");
            await mongod.KillAsync();
            using (var ready = await server.GetRawAsync("../../health/ready"))
            {
                Assert.Equal(503, (int)ready.StatusCode);
                Assert.Contains("MongoDB", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
            await mongod.StartAgainAsync();
        }
        var ended = await server.JobInStateAsync(job.Id(), Deadline, "completed", "completedWithFailures", "failed");
        Assert.Equal("completed", ended.State());
        Assert.Equal((pictures, 0), (ended.Images("total"), ended.Images("failed")));
        Assert.Equal(pictures, ended.Images("rendered") + ended.Images("reused"));
        Assert.Equal(expected, await FinalState.ImagesAsync(server));
        await FinalState.AssertFilesMatchAsync(server, data);
        await AssertTellsOfDamageAsync(server, mongod, job.Id());
    }

    [Fact]
    public async Task ThreeWorkersAndTwoApis_ShareOneEngineAndOneReplicaSet()
    {
        var pictures = Repository.LongForms ? 3_000 : 120;
        await using var set = await MongoReplicaSet.StartAsync(Repository.LongForms ? 3 : 1);
        var library = folder.MakeLibrary(collections: 12, each: pictures / 12, width: 400, height: 300);
        var expected = await FinalState.OfUndisturbedAsync(folder["undisturbed"], library, Deadline);
        var data = folder["data"];
        var engineAddress = $"127.0.0.1:{FreePort()}";
        await using var engine = Program.Start("engine", "--port", engineAddress.Split(':')[1], "--db-filename", folder["engine.db"]);
        await Eventually.TrueAsync(() => AnswersAsync(engineAddress), Deadline, "the engine answers");
        string[] shared = ["--json", "--data", data, "--temporal", engineAddress, "--mongo", set.Url.Replace("/?", "/shared?", StringComparison.Ordinal)];
        Program[] programs =
        [
            Program.Start(["api", "--port", "0", .. shared]),
            Program.Start(["api", "--port", "0", .. shared]),
            Program.Start(["worker", "--workers", "1", .. shared]),
            Program.Start(["worker", "--workers", "1", .. shared]),
            Program.Start(["worker", "--workers", "1", .. shared]),
        ];
        try
        {
            await Task.WhenAll(programs.Select(program => program.ReadyEventAsync()));
            using var one = await programs[0].ReadyAsync();
            using var two = await programs[1].ReadyAsync();
            await AssertAcceptsAsync(one, two);
            var added = await one.PostAsync("libraries", new { rootPath = library });
            var started = await two.PostAsync($"libraries/{added.Id()}/scan");
            var job = started["jobId"]!.GetValue<string>();
            await Eventually.TrueAsync(() => Task.FromResult(FinalState.Files(data).Count >= pictures / 2), Deadline, "a quarter is rendered");
            if (Repository.LongForms)
            {
                // A machine that goes away: its pictures are taken up by the others, once its heartbeats are missed.
                await programs[4].KillAllAsync();
            }
            var ended = await one.JobInStateAsync(job, Deadline, "completed", "completedWithFailures", "failed");
            Assert.Equal(("completed", pictures), (ended.State(), ended.Images("rendered") + ended.Images("reused")));
            Assert.Equal(await one.GetAsync($"jobs/{job}"), await two.GetAsync($"jobs/{job}"), JsonNode.DeepEquals);
            Assert.Equal(expected, await FinalState.ImagesAsync(two));
            if (Repository.LongForms)
            {
                // The file that it was writing when it was killed is cleared by the next start.
                await programs[4].DisposeAsync();
                programs[4] = Program.Start(["worker", "--workers", "1", .. shared]);
                await programs[4].ReadyEventAsync();
            }
            await FinalState.AssertFilesMatchAsync(one, data);
            await AssertRendersOnDemandAsync(two, data);
        }
        finally
        {
            await Task.WhenAll(programs.Select(program => program.DisposeAsync().AsTask()));
        }
    }

    [Theory]
    [InlineData("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=500", 1, "cannot be reached")]
    [InlineData("mongodb://user:secret@127.0.0.1:1/?bogus=1", 2, "bogus")]
    public async Task Serve_OfWrongUrl_SaysWhatIsWrongWithoutSecrets(string url, int code, string expected)
    {
        await using var program = Program.Serve(folder["data"], "--mongo", url);
        Assert.Equal(code, await program.ExitCodeAsync(TimeSpan.FromMinutes(2)));
        Assert.Contains(expected, program.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", program.Errors, StringComparison.Ordinal);
        Assert.Single(program.Errors.Split('\n'));
    }

    public void Dispose() => folder.Dispose();

    private static string Url(Mongod mongod) => mongod.Url.Replace("/?", "/test?", StringComparison.Ordinal);

    // Trying again would not help, so no time for it is named.
    private static async Task AssertTellsOfDamageAsync(Server server, Mongod mongod, string jobId)
    {
        using var client = NewClient(mongod);
        await Records(client).UpdateOneAsync(
            new BsonDocument { { "job", jobId }, { "open", false } }, new BsonDocument("$set", new BsonDocument("startedAt", "soon")));
        using var answer = await server.GetRawAsync($"jobs/{jobId}");
        Assert.Equal((500, null), ((int)answer.StatusCode, answer.Headers.RetryAfter));
        Assert.Contains("startedAt", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static MongoClient NewClient(Mongod mongod) => new(new MongoClientSettings { Server = new MongoServerAddress("127.0.0.1", mongod.Port) });

    private static IMongoCollection<BsonDocument> Records(MongoClient client) => client.GetDatabase("test").GetCollection<BsonDocument>("records");

    private static async Task<List<BsonDocument>> SegmentsAsync(Mongod mongod)
    {
        using var client = NewClient(mongod);
        var records = Records(client);
        return await records.Find(new BsonDocument("ids", new BsonDocument("$exists", true))).Sort(new BsonDocument("_id", 1)).ToListAsync();
    }

    // A session of one process is a session of the other: both sign with the store's key, and share the cookie's name.
    private static async Task AssertAcceptsAsync(Server one, Server two)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var signIn = new HttpRequestMessage(HttpMethod.Post, new Uri(one.Address, "api/v1/session"));
        signIn.Headers.Authorization = new AuthenticationHeaderValue("Bearer", one.Token);
        using var signedIn = await client.SendAsync(signIn);
        var cookie = signedIn.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var read = new HttpRequestMessage(HttpMethod.Get, new Uri(two.Address, "api/v1/libraries"));
        read.Headers.Add("Cookie", cookie);
        using var answer = await client.SendAsync(read);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    private static async Task AssertRendersOnDemandAsync(Server server, string data)
    {
        var collection = (await server.ListAsync("collections"))[0];
        var image = (await server.ListAsync($"collections/{collection.Id()}/images"))[0];
        File.Delete(FinalState.FileOf(image, "thumbnail", data));
        using var thumbnail = await server.GetRawAsync($"images/{image.Id()}/thumbnail");
        Assert.Equal(200, (int)thumbnail.StatusCode);
    }

    private static async Task<bool> AnswersAsync(string address)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        try
        {
            await socket.ConnectAsync("127.0.0.1", int.Parse(address.Split(':')[1], CultureInfo.InvariantCulture));
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
