using System.Text.Json.Nodes;
using ImageLibrary.Tests.Api.Support;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>The document from which clients are generated. That each answer's status is described is checked with every request of the other tests.</summary>
public sealed class OpenApiTests(ScannedLibrary library)
{
    private static readonly string[] Contract =
    [
        "get /libraries", "post /libraries", "get /libraries/{id}", "patch /libraries/{id}", "delete /libraries/{id}", "post /libraries/check",
        "post /libraries/{id}/scan", "get /collections", "get /collections/{id}", "post /collections/{id}/scan", "get /collections/{id}/images",
        "get /images/{id}", "get /images/{id}/thumbnail", "get /images/{id}/cache", "get /images/{id}/original", "get /jobs", "get /jobs/{id}",
        "get /jobs/{id}/failures", "post /jobs/{id}/pause", "post /jobs/{id}/resume", "post /jobs/{id}/cancel", "put /jobs/{id}/concurrency",
        "post /jobs/pause-all", "post /jobs/resume-all", "get /jobs/events", "get /jobs/{id}/events", "post /session", "get /cache/statistics",
    ];

    [Fact]
    public async Task Document_HasEveryRouteOfTheContract()
    {
        var paths = (await DocumentAsync())["paths"]!.AsObject();
        Assert.All(Contract, route =>
        {
            var (method, path) = (route.Split(' ')[0], "/api/v1" + route.Split(' ')[1]);
            Assert.True(paths[path]?[method] is not null, $"{route} is not described");
        });
        Assert.NotNull(paths["/health/ready"]!["get"]);
    }

    [Fact]
    public async Task Document_OperationIds_AreUniqueAndPublicRoutesNeedNoToken()
    {
        var operations = (await DocumentAsync())["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Path: path.Key, Operation: operation.Value!))).ToList();
        var ids = operations.Select(operation => operation.Operation["operationId"]!.GetValue<string>()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(operations, operation => Assert.Equal(
            operation.Path.StartsWith("/api/", StringComparison.Ordinal), operation.Operation["security"] is not null));
    }

    [Fact]
    public async Task Document_Values_AreSpelledAsTheApiSpellsThem()
    {
        var document = await DocumentAsync();
        var parameters = document["paths"]!["/api/v1/jobs"]!["get"]!["parameters"]!.AsArray();
        var states = parameters.Single(parameter => parameter!["name"]!.GetValue<string>() == "state")!["schema"]!["enum"]!.AsArray();
        Assert.Contains("completedWithFailures", states.Select(state => state!.GetValue<string>()));
        Assert.Contains("damagedSource", document["components"]!["schemas"]!["FailureClass"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()));
        var limit = parameters.Single(parameter => parameter!["name"]!.GetValue<string>() == "limit")!["schema"]!;
        Assert.Equal((1, 1000), (limit["minimum"]!.GetValue<int>(), limit["maximum"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("Job", "jobs/{job}")]
    [InlineData("Library", "libraries/{library}")]
    [InlineData("PageOfCollection", "collections")]
    public async Task Answers_HaveExactlyTheDescribedMembers(string schema, string path)
    {
        var answer = await library.GetAsync(path
            .Replace("{job}", library.JobId, StringComparison.Ordinal).Replace("{library}", library.LibraryId, StringComparison.Ordinal));
        var described = (await DocumentAsync())["components"]!["schemas"]![schema]!["properties"]!.AsObject();
        Assert.Equal(described.Select(member => member.Key).Order(), answer.Select(member => member.Key).Order());
    }

    private async Task<JsonNode> DocumentAsync() =>
        JsonNode.Parse(await library.Client.GetStringAsync(new Uri(library.Server.Address, "openapi/v1.json")))!;
}
