using System.Net;
using System.Net.Http.Headers;
using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>What a start, or a request, is refused for.</summary>
public sealed class StartTests(SharedServer shared) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Serve_OnTakenPort_ExitsWithOneAndNamesTheOption()
    {
        using var server = await shared.GetAsync();
        await using var second = Program.Start("serve", "--data", folder["data"], "--port", $"{server.Address.Port}", "--engine-port", "0");
        Assert.Equal(1, await second.ExitCodeAsync(Deadline));
        Assert.Contains("--port", second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_OnDataFolderInUse_ExitsWithOneAndSaysSo()
    {
        using var server = await shared.GetAsync();
        await using var second = Program.Serve(shared.Data);
        Assert.Equal(1, await second.ExitCodeAsync(Deadline));
        Assert.Contains(shared.Data, second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Errors, StringComparison.Ordinal);
        Assert.NotNull(await server.GetAsync("libraries"));
    }

    [Fact]
    public async Task Request_WithWrongTokenOrHost_IsRefused()
    {
        using var server = await shared.GetAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, "wrong", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, null, null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, server.Token, null));
        Assert.Contains(await StatusAsync(http, server.Token, "evil.example"), (HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.MisdirectedRequest, HttpStatusCode.Forbidden]);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string? token, string? host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/libraries");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Host = host;
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    public void Dispose() => folder.Dispose();
}
