using Microsoft.Playwright;
using Xunit;

namespace ImageLibrary.Tests.Temporal.Server.WebUi;

/// <summary>A browser for all tests that look at pages; they run one after another.</summary>
[CollectionDefinition(nameof(Browser))]
public sealed class Browser : ICollectionFixture<Browser>, IAsyncDisposable
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>An empty page in a profile of its own.</summary>
    public async Task<IPage> NewPageAsync()
    {
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Tools.Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        return await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1360, Height = 850 } });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
