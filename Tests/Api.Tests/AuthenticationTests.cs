using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ImageLibrary.Tests.Api.Support;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>Who may do what: every described operation with every kind of credential.</summary>
public sealed class AuthenticationTests(BareApi api) : IClassFixture<BareApi>
{
    private ApiServer Server => api.Server;

    [Fact]
    public async Task EveryOperation_WithoutOrWithWrongToken_Is401WithProblem()
    {
        using var anonymous = Server.CreateClient(null);
        using var wrong = Server.CreateClient(new AuthenticationHeaderValue("Bearer", "not the token at all"));
        using var basic = Server.CreateClient(new AuthenticationHeaderValue("Basic", "YTpi"));
        foreach (var (method, path) in await ProtectedOperationsAsync())
        {
            foreach (var client in new[] { anonymous, wrong, basic })
            {
                using var response = await SendAsync(client, method, path);
                Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path}: {response.StatusCode}");
                Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            }
        }
    }

    [Fact]
    public async Task EveryOperation_WithBearer_IsLetIn()
    {
        using var client = Server.CreateClient();
        foreach (var (method, path) in await ProtectedOperationsAsync())
        {
            using var response = await SendAsync(client, method, path);
            Assert.True(response.StatusCode != HttpStatusCode.Unauthorized, $"{method} {path}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task EveryOperation_WithCookie_ReadsFreelyAndWritesFromOurPageOnly()
    {
        using var client = Server.CreateClient(null);
        var cookie = await SessionCookieAsync();
        foreach (var (method, path) in await ProtectedOperationsAsync())
        {
            var reads = method == HttpMethod.Get;
            foreach (var (origin, accepted) in new (string?, bool)[]
            {
                (null, reads),
                ("http://evil.example", reads),
                ("null", reads),
                (Server.Address.GetLeftPart(UriPartial.Authority), true),
            })
            {
                using var response = await SendAsync(client, method, path, request =>
                {
                    request.Headers.Add("Cookie", cookie);
                    if (origin is not null)
                    {
                        request.Headers.Add("Origin", origin);
                    }
                });
                Assert.True(
                    (response.StatusCode != HttpStatusCode.Unauthorized) == accepted, $"{method} {path} from {origin ?? "nowhere"}: {response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Cookie_IsHttpOnlyAndStrict_AndForgedOnesAreRefused()
    {
        using var client = Server.CreateClient();
        using var made = await client.PostAsync("session", null);
        Assert.Equal(HttpStatusCode.NoContent, made.StatusCode);
        var header = Assert.Single(made.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", header, StringComparison.OrdinalIgnoreCase);
        using var anonymous = Server.CreateClient(null);
        var cookie = header.Split(';')[0];
        foreach (var forged in new[] { cookie + "x", cookie.Replace("=1", "=9", StringComparison.Ordinal), cookie.Split('=')[0] + "=", cookie.Split('.')[0] })
        {
            using var response = await SendAsync(anonymous, HttpMethod.Get, "/api/v1/jobs", request => request.Headers.Add("Cookie", forged));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task UnknownRoutesAndMethods_AskForTheTokenFirst()
    {
        using var client = Server.CreateClient();
        using var anonymous = Server.CreateClient(null);
        foreach (var (method, path, status) in new (HttpMethod, string, HttpStatusCode)[]
        {
            (HttpMethod.Get, "/api/v1/nothing", HttpStatusCode.NotFound),
            (HttpMethod.Get, "/api/v2/jobs", HttpStatusCode.NotFound),
            (HttpMethod.Put, "/api/v1/libraries", HttpStatusCode.MethodNotAllowed),
            (HttpMethod.Delete, "/api/v1/images/none/thumbnail", HttpStatusCode.MethodNotAllowed),
        })
        {
            using var response = await SendAsync(client, method, path);
            Assert.Equal(status, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            using var refused = await SendAsync(anonymous, method, path);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/collections/some/where", "text/html")]
    [InlineData("/assets/app-1.js", "text/javascript")]
    [InlineData("/health/live", "application/json")]
    [InlineData("/openapi/v1.json", "application/json")]
    public async Task PublicRoutes_WithoutToken_Answer(string path, string mediaType)
    {
        using var client = Server.CreateClient(null);
        using var response = await SendAsync(client, HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(path.StartsWith("/assets", StringComparison.Ordinal), response.Headers.CacheControl?.ToString().Contains("immutable", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task Ready_WithoutEngineAndWorker_NamesThem()
    {
        using var client = Server.CreateClient(null);
        using var response = await SendAsync(client, HttpMethod.Get, "/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var ready = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((false, true, false), (Ok("engine"), Ok("store"), Ok("worker")));
        Assert.NotNull(ready["engine"]!["reason"]);

        bool Ok(string part) => ready[part]!["ok"]!.GetValue<bool>();
    }

    [Theory]
    [InlineData("evil.example", false)]
    [InlineData("evil.example:80", false)]
    [InlineData("192.168.1.5", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("localhost", true)]
    [InlineData("[::1]:8080", true)]
    public async Task Host_ThatIsNotOurs_IsRefusedEvenForPublicFiles(string host, bool accepted)
    {
        using var client = Server.CreateClient();
        foreach (var path in new[] { "/", "/health/live", "/api/v1/jobs" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Address, path));
            request.Headers.Host = host;
            using var handler = new HttpClient();
            request.Headers.Authorization = client.DefaultRequestHeaders.Authorization;
            using var response = await handler.SendAsync(request);
            Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    private async Task<string> SessionCookieAsync()
    {
        using var client = Server.CreateClient();
        using var response = await client.PostAsync("session", null);
        return Assert.Single(response.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    private async Task<IReadOnlyList<(HttpMethod Method, string Path)>> ProtectedOperationsAsync()
    {
        using var client = Server.CreateClient(null);
        var document = JsonNode.Parse(await client.GetStringAsync(new Uri(Server.Address, "openapi/v1.json")))!;
        var operations = document["paths"]!.AsObject()
            .Where(path => path.Key.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(path => path.Value!.AsObject().Select(operation =>
                (new HttpMethod(operation.Key.ToUpperInvariant()), path.Key.Replace("{id}", "none", StringComparison.Ordinal).Replace("{fileName}", "none.jpg", StringComparison.Ordinal))))
            .ToList();
        Assert.True(operations.Count >= 30, $"only {operations.Count} operations are described");
        return operations;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Server.Address, path));
        prepare?.Invoke(request);
        // Streams of events have no end: the head is enough.
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
