using Microsoft.Playwright;
using Xunit;

namespace ImageLibrary.Tests.Temporal.Server.WebUi;

/// <summary>Every page of the official Web UI that shows workflows.</summary>
[Collection(nameof(Browser))]
public class WebUiPageTests(Browser browser)
{
    // The parts of a workflow's page, and a text of each that no other part has.
    private static readonly (string Part, string Text)[] RunningParts =
    [
        ("history", "Upsert Workflow Search Attributes"),
        ("relationships", "Child Count"),
        ("workers", "worker@test"),
        ("pending-activities", "picture 17 of 40"),
        ("call-stack", "LibraryScanLike.RunAsync"),
        ("query", "Run Query"),
        ("user-metadata", "Current Details"),
        ("search-attributes", "ImageJobStage"),
        ("memo", "{}"),
        ("timeline", "Attempt 2 / ∞"),
    ];

    private static readonly (string Part, string Text)[] ClosedParts =
    [
        ("history", "Workflow Execution Terminated"),
        ("relationships", "Child Count"),
        ("pending-activities", "No Pending Activities"),
        ("query", "Run Query"),
        ("timeline", "Show idle time"),
    ];

    [Fact]
    public async Task Pages_OfRunningAndClosedWorkflows_ShowNoErrorAndNoFailedRequest()
    {
        _ = (Tools.UiServer, Tools.Chromium);
        await using var jobs = await RunningJobs.StartAsync();
        await using var ui = await WebUi.StartAsync(browser, jobs.Address);
        const string Workflows = "/namespaces/default/workflows";

        await ui.OpenAsync(Workflows, RunningJobs.RunningId);
        await SaveAsync(ui, "list");
        var query = Uri.EscapeDataString("`ImageLibraryId`=\"holiday\" AND `ImageJobStage`=\"rendering\" AND `ImageProgress`>40");
        await ui.OpenAsync($"{Workflows}?query={query}", RunningJobs.RunningId);
        Assert.Equal(0, await ui.Page.GetByText(RunningJobs.CompleteId).CountAsync());
        await ui.OpenAsync($"{Workflows}?query={Uri.EscapeDataString("`ExecutionStatus`=\"Terminated\"")}", RunningJobs.CompleteId);

        foreach (var (id, parts) in new[] { (RunningJobs.RunningId, RunningParts), (RunningJobs.CompleteId, ClosedParts) })
        {
            var run = (await jobs.DescribeAsync(id)).WorkflowExecutionInfo.Execution.RunId;
            await ui.OpenAsync($"{Workflows}/{id}/{run}", "LibraryScan");
            foreach (var (part, text) in parts)
            {
                await ui.FollowAsync(part, text);
                await SaveAsync(ui, $"{part}-{id}");
            }
        }

        await ui.OpenAsync("/namespaces/default/task-queues/image-library", "worker@test");
        await ui.FollowAsync("namespaces", "default", "nav");
        await ui.FollowAsync("namespaces/default", "ImageProgress");
        await ui.FollowAsync("namespaces/default/workers", "worker@test", "nav");
        await SaveAsync(ui, "workers");
        Assert.True(ui.Failures.Count == 0, string.Join(Environment.NewLine, ui.Failures));
    }

    // Set to a folder, TEMPORAL_UI_SCREENSHOTS keeps what the browser saw.
    private static async Task SaveAsync(WebUi ui, string name)
    {
        if (Environment.GetEnvironmentVariable("TEMPORAL_UI_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await ui.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
        }
    }
}
