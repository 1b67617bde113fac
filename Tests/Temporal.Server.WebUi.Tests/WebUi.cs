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

    private readonly List<string> failures = [];
    private readonly Process server;
    private readonly DirectoryInfo folder;
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private WebUi(Process server, DirectoryInfo folder, string address, IPlaywright playwright, IBrowser browser, IPage page)
    {
        this.server = server;
        this.folder = folder;
        this.playwright = playwright;
        this.browser = browser;
        Address = address;
        Page = page;
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

    public static async Task<WebUi> StartAsync(string temporalAddress)
    {
        var (program, chromium) = (Tools.UiServer, Tools.Chromium);
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
            program, ["--root", folder.FullName, "--config", "config", "--env", "development", "start"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        await WaitUntilServedAsync(address);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1360, Height = 850 } });
        return new WebUi(server, folder, address, playwright, browser, page);
    }

    /// <summary>Opens a page, waits for a text on it, and for its requests to end as far as they do not poll.</summary>
    public async Task OpenAsync(string path, string expectedText)
    {
        await Page.GotoAsync(Address + path);
        try
        {
            await Page.GetByText(expectedText).Locator("visible=true").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 30_000 });
        }
        catch (TimeoutException)
        {
            Note($"{path}: no '{expectedText}' on the page");
        }

        await NoteBannersAsync(path);
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
        await browser.DisposeAsync();
        playwright.Dispose();
        server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
        folder.Delete(recursive: true);
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
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
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
