using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ImageLibrary.Tests.MongoServers;
using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>Toxiproxy before one server: cuts, delays and resets its connections.</summary>
internal sealed class Toxiproxy : IAsyncDisposable
{
    private const string Name = "server";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly HttpClient http;

    private Toxiproxy(Process process, HttpClient http)
    {
        this.process = process;
        this.http = http;
    }

    /// <summary>Host and port to connect to in place of the server's.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Starts it; skips the test when the program is missing.</summary>
    public static async Task<Toxiproxy> StartAsync(string upstream)
    {
        var program = MongodProgram.Search("toxiproxy-server", "TOXIPROXY_SERVER");
        Assert.SkipWhen(program is null, "needs Toxiproxy: set TOXIPROXY_SERVER or put `toxiproxy-server` on the PATH");
        var port = FreePort();
        var process = Process.Start(new ProcessStartInfo(program!, ["-host", "127.0.0.1", "-port", $"{port}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var proxy = new Toxiproxy(process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") });
        try
        {
            await Eventually.TrueAsync(proxy.AnswersAsync, StartDeadline, "Toxiproxy answers");
            var made = await proxy.SendAsync(HttpMethod.Post, "proxies", new { name = Name, listen = "127.0.0.1:0", upstream });
            proxy.Address = made["listen"]!.GetValue<string>();
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    /// <summary>Cuts every connection and refuses new ones, or lets them in again.</summary>
    public Task EnableAsync(bool enabled) => SendAsync(HttpMethod.Post, $"proxies/{Name}", new { enabled });

    /// <summary>Harms what the server sends, or what it is sent.</summary>
    /// <param name="type">Kind of harm, such as <c>latency</c>.</param>
    /// <param name="stream"><c>upstream</c> or <c>downstream</c>.</param>
    /// <param name="attributes">Values of that kind.</param>
    public Task AddToxicAsync(string type, string stream, object attributes) =>
        SendAsync(HttpMethod.Post, $"proxies/{Name}/toxics", new { name = $"{type}-{stream}", type, stream, attributes });

    /// <summary>Takes all harm away.</summary>
    public Task ResetAsync() => SendAsync(HttpMethod.Post, "reset", null);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var response = await http.GetAsync(new Uri("version", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await http.SendAsync(request);
        var text = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
