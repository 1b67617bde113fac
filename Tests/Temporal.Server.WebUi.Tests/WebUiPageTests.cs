using Microsoft.Playwright;
using Xunit;

namespace ImageLibrary.Tests.Temporal.Server.WebUi;

/// <summary>Every page of the official Web UI that shows workflows.</summary>
public class WebUiPageTests
{
    [Fact]
    public async Task Pages_OfRunningAndClosedWorkflows_ShowNoErrorAndNoFailedRequest()
    {
        _ = (Tools.UiServer, Tools.Chromium);
        await using var jobs = await RunningJobs.StartAsync();
        await using var ui = await WebUi.StartAsync(jobs.Address);
        const string Workflows = "/namespaces/default/workflows";

        await ui.OpenAsync(Workflows, RunningJobs.RunningId);
        await SaveAsync(ui, "list");
        var query = Uri.EscapeDataString("`ImageLibraryId`=\"holiday\" AND `ImageJobStage`=\"rendering\" AND `ImageProgress`>40");
        await ui.OpenAsync($"{Workflows}?query={query}", RunningJobs.RunningId);
        Assert.Equal(0, await ui.Page.GetByText(RunningJobs.CompleteId).CountAsync());
        await ui.OpenAsync($"{Workflows}?query={Uri.EscapeDataString("`ExecutionStatus`=\"Terminated\"")}", RunningJobs.CompleteId);

        foreach (var id in new[] { RunningJobs.RunningId, RunningJobs.CompleteId })
        {
            var run = (await jobs.DescribeAsync(id)).WorkflowExecutionInfo.Execution.RunId;
            var detail = $"{Workflows}/{id}/{run}";
            await ui.OpenAsync($"{detail}/timeline", "LibraryScan");
            await SaveAsync(ui, $"timeline-{id}");
            var pages = id == RunningJobs.RunningId
                ? ["history", "relationships", "workers", "pending-activities", "call-stack", "query", "user-metadata", "search-attributes", "memo"]
                : new[] { "history", "relationships", "pending-activities", "query" };
            foreach (var page in pages)
            {
                await ui.OpenAsync($"{detail}/{page}", "LibraryScan");
                await SaveAsync(ui, $"{page}-{id}");
            }
        }

        await ui.OpenAsync("/namespaces", "default");
        await ui.OpenAsync("/namespaces/default", "default");
        await ui.OpenAsync("/namespaces/default/task-queues/image-library", "worker@test");
        await ui.OpenAsync("/namespaces/default/workers", "Workers");
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
