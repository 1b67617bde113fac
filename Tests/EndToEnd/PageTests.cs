using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageLibrary.Tests.EndToEnd.Support;
using Microsoft.Playwright;
using Xunit;
using Program = ImageLibrary.Tests.EndToEnd.Support.Program;

namespace ImageLibrary.Tests.EndToEnd;

/// <summary>The page in a real browser, used as a person would.</summary>
public sealed partial class PageTests : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    // Only against waiting forever; in milliseconds.
    private const float Deadline = 120_000;

    private readonly TemporaryFolder folder = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists(Chromium), "needs Debian's chromium: apt-get install chromium");
        Assertions.SetDefaultExpectTimeout(Deadline);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    [Fact]
    public async Task Page_FromFirstOpening_ShowsPicturesAndControlsTheJob()
    {
        var library = folder.MakeLibrary(collections: 3, each: 200, width: 500, height: 400);
        await using (var papers = await ZipFile.OpenAsync(Path.Combine(library, "papers.zip"), ZipArchiveMode.Create))
        {
            papers.CreateEntry("letter.txt");
        }
        await using var program = Program.Serve(folder["data"], Directory.CreateDirectory(folder["empty"]).FullName);
        using var server = await program.ReadyAsync();
        var problems = new List<string>();
        var page = await NewPageAsync(problems);

        var loaded = new TaskCompletionSource();
        await page.RouteAsync("**/api/v1/libraries*", async route =>
        {
            await loaded.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync($"{server.Address}#token={server.Token}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add library" }).HoverAsync();
        await page.Mouse.DownAsync();
        // Nothing moves away from under the pointer when it is loaded only now.
        loaded.SetResult();
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation).GetByTitle(folder["empty"])).ToBeVisibleAsync();
        await page.Mouse.UpAsync();
        await page.GetByLabel("Folder on this computer").FillAsync("~/Pictures");
        await Assertions.Expect(page.GetByText("Write the whole path")).ToBeVisibleAsync();
        await page.GetByLabel("Folder on this computer").FillAsync(folder["empty"]);
        await Assertions.Expect(page.GetByText("overlaps with the library")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add and scan" })).ToBeDisabledAsync();
        await page.GetByLabel("Folder on this computer").FillAsync(library);
        await Assertions.Expect(page.GetByText(FoundImages())).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add and scan" }).ClickAsync();

        var job = page.GetByRole(AriaRole.Article, new() { NameRegex = LibraryJob() });
        await job.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(page.GetByText(PausedAt())).ToBeVisibleAsync();
        await job.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Assertions.Expect(page.GetByText("600 pictures rendered")).ToBeVisibleAsync();

        var archive = page.GetByRole(AriaRole.Link, new() { NameRegex = Archive() });
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = FirstCollection() })).ToBeVisibleAsync();
        await Assertions.Expect(archive).ToBeHiddenAsync();
        await page.GetByLabel("Search collections").FillAsync("papers");
        await Assertions.Expect(archive).ToContainTextAsync("The archive holds no pictures.");
        await page.GetByLabel("Search collections").ClearAsync();

        await page.GetByRole(AriaRole.Link, new() { NameRegex = FirstCollection() }).ClickAsync();
        var tile = page.GetByRole(AriaRole.Button, new() { Name = "picture 1.png", Exact = true });
        await Assertions.Expect(tile.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 300);
        Assert.InRange(await page.Locator(".tile").CountAsync(), 10, 150);

        await tile.ClickAsync();
        var shown = page.Locator(".lightbox img");
        await Assertions.Expect(shown).ToHaveJSPropertyAsync("naturalWidth", 500);
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.GetByText("2 of 200")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(shown).ToBeHiddenAsync();
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Cancel_InTheRowOfARunningJob_StopsItAndSaysHowFarItCame()
    {
        // The page is open before the scan begins, so that seconds of work are left when the button has been found.
        var library = folder.MakeLibrary(collections: 2, each: 200, width: 1600, height: 1200);
        await using var program = Program.Serve(folder["data"], "--workers", "1", Directory.CreateDirectory(folder["empty"]).FullName);
        using var server = await program.ReadyAsync();
        var problems = new List<string>();
        var page = await NewPageAsync(problems);
        await page.GotoAsync($"{server.Address}#token={server.Token}");
        await Assertions.Expect(page.GetByText("empty").First).ToBeVisibleAsync();
        var added = await server.PostAsync("libraries", new { rootPath = library });
        await server.PostAsync($"libraries/{added.Id()}/scan");

        var row = page.GetByRole(AriaRole.Article, new() { NameRegex = LibraryJob() });
        var cancel = row.GetByRole(AriaRole.Button, new() { Name = "Cancel" });
        await cancel.ClickAsync();
        await Assertions.Expect(row.GetByText("cancelled after")).ToBeVisibleAsync();

        var job = Assert.IsType<JsonObject>(await server.NewestJobAsync());
        Assert.Equal("cancelled", job.State());
        Assert.InRange(job.Done(), 0, 399);
        await Assertions.Expect(row.GetByText($"library: cancelled after {job.Done()} of {job.Images("total")}")).ToBeVisibleAsync();
        await Assertions.Expect(cancel).ToBeHiddenAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Assertions.Expect(row).ToBeHiddenAsync();
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Page_AfterSigningInByHand_TellsApartWhatIsDamagedNotShownAndNotReadable()
    {
        var library = folder.MakeLibrary(collections: 1, each: 1);
        File.WriteAllBytes(Path.Combine(library, "half.png"), Png.Gradient(400, 300, 1)[..^20_000]);
        File.WriteAllText(Path.Combine(library, "text.jpg"), "text");
        File.WriteAllText(Path.Combine(library, "broken.zip"), "PK");
        await using var program = Program.Serve(folder["data"], Directory.CreateDirectory(folder["empty"]).FullName);
        using var server = await program.ReadyAsync();
        var job = await server.AddAndScanAsync(library);
        var page = await NewPageAsync([]);
        await page.GotoAsync($"{server.Address}#token=former");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not accepted");
        await page.GetByLabel("Token").FillAsync(server.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add library" })).ToBeVisibleAsync();

        await page.GotoAsync($"{server.Address}#/jobs/{job.Id()}");

        await Assertions.Expect(page.GetByText("library: done, 2 pictures rendered, 1 not shown, 1 damaged but shown, 1 not readable")).ToBeVisibleAsync();
        await page.GotoAsync($"{server.Address}#/libraries/nowhere");
        await Assertions.Expect(page.GetByText("There is no such library")).ToBeVisibleAsync();
    }

    /// <summary>A page that notes its errors, and answers that are none.</summary>
    private async Task<IPage> NewPageAsync(List<string> problems)
    {
        var page = await browser!.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new() { Width = 1280, Height = 800 } });
        page.SetDefaultTimeout(Deadline);
        page.PageError += (_, error) => problems.Add(error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                problems.Add($"{response.Status} {response.Url}");
            }
        };
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }
        playwright?.Dispose();
        folder.Dispose();
    }

    [GeneratedRegex("600 images")]
    private static partial Regex FoundImages();

    [GeneratedRegex("^library:")]
    private static partial Regex LibraryJob();

    [GeneratedRegex("paused at")]
    private static partial Regex PausedAt();

    [GeneratedRegex("papers")]
    private static partial Regex Archive();

    [GeneratedRegex("Collection 1")]
    private static partial Regex FirstCollection();
}
