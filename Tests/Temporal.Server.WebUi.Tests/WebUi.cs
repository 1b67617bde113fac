using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

namespace ImageLibrary.Tests.Temporal.Server.WebUi;

/// <summary>The official Web UI in front of a server, and a browser that notes everything that goes wrong.</summary>
internal sealed class WebUi : IAsyncDisposable
{
    // Error banners and toasts of the Web UI 2.54.
    private const string ErrorMarks = "[data-testid*='error' i], .toast-error, [role='alert']:not([data-testid='offline']), [data-testid='toast']";

    // Only against hanging forever: some 250 files make a page, and a busy machine takes half a minute for the first one.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly List<string> failures = [];
    private readonly Process server;
    private readonly DirectoryInfo folder;

    private WebUi(Process server, DirectoryInfo folder, string address, IPage page)
    {
        this.server = server;
        this.folder = folder;
        Address = address;
        Page = page;
        page.SetDefaultTimeout((float)Deadline.TotalMilliseconds);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                Note($"{response.Status} {response.Request.Method} {response.Url}");
            }
        };
        page.PageError += (_, error) => Note($"script error: {error}");
    }

    public string Address { get; }

    public IPage Page { get; }

    /// <summary>Failed requests, script errors and error banners so far.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (failures)
            {
                return [.. failures];
            }
        }
    }

    public static async Task<WebUi> StartAsync(Browser browser, string temporalAddress)
    {
        var port = FreePort();
        var folder = Directory.CreateTempSubdirectory("temporal-ui");
        var config = folder.CreateSubdirectory("config");
        await File.WriteAllTextAsync(Path.Combine(config.FullName, "development.yaml"), string.Create(CultureInfo.InvariantCulture, $"""
            temporalGrpcAddress: {temporalAddress}
            host: 127.0.0.1
            port: {port}
            enableUi: true
            defaultNamespace: default
            cors:
              allowOrigins: [http://127.0.0.1:{port}]
            """));
        var server = Process.Start(new ProcessStartInfo(
            Tools.UiServer, ["--root", folder.FullName, "--config", "config", "--env", "development", "start"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        await WaitUntilServedAsync(address);
        return new WebUi(server, folder, address, await browser.NewPageAsync());
    }

    /// <summary>Opens a page by its address, and waits for a text on it.</summary>
    public async Task OpenAsync(string path, string expectedText)
    {
        await Page.GotoAsync(Address + path);
        await ExpectAsync(path, expectedText);
    }

    /// <summary>Goes to a part of the page that is open by its link, as a person does, and waits for a text of that part.</summary>
    public async Task FollowAsync(string link, string expectedText, string within = "main")
    {
        await Page.Locator(within).Locator($"a[href$='/{link}'], a[href*='/{link}?']").Locator("visible=true").First.ClickAsync();
        await ExpectAsync(link, expectedText);
    }

    /// <summary>Notes the error banners that the page shows now.</summary>
    public async Task NoteBannersAsync(string where)
    {
        // Messages that might be shown lie hidden in the page.
        foreach (var text in await Page.Locator(ErrorMarks).Locator("visible=true").AllInnerTextsAsync())
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                Note($"{where}: banner '{text.ReplaceLineEndings(" ")}'");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task ExpectAsync(string where, string text)
    {
        try
        {
            await Page.GetByText(text).Locator("visible=true").First.WaitForAsync();
        }
        catch (TimeoutException)
        {
            Note($"{where}: no '{text}' on the page, but '{(await Page.Locator("main").InnerTextAsync()).ReplaceLineEndings(" ")}'");
        }

        await NoteBannersAsync(where);
    }

    private void Note(string failure)
    {
        lock (failures)
        {
            failures.Add(failure);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task WaitUntilServedAsync(string address)
    {
        using var client = new HttpClient();
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            try
            {
                using var reply = await client.GetAsync(new Uri(address), deadline.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, deadline.Token);
            }
        }
    }
}
