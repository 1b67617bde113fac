using Microsoft.Playwright;
using Temporalio.Api.Enums.V1;
using Xunit;

namespace ImageLibrary.Tests.Temporal.Server.WebUi;

/// <summary>What a person does to a workflow in the official Web UI.</summary>
[Collection(nameof(Browser))]
public class WebUiActionTests(Browser browser)
{
    [Fact]
    public async Task Actions_SignalCancelTerminate_ReachTheWorkflow()
    {
        _ = (Tools.UiServer, Tools.Chromium);
        await using var jobs = await RunningJobs.StartAsync();
        await using var ui = await WebUi.StartAsync(browser, jobs.Address);
        var run = (await jobs.DescribeAsync(RunningJobs.RunningId)).WorkflowExecutionInfo.Execution.RunId;
        await ui.OpenAsync($"/namespaces/default/workflows/{RunningJobs.RunningId}/{run}/timeline", "LibraryScan");

        await ui.Page.GetByRole(AriaRole.Button, new() { Name = "More Actions" }).ClickAsync();
        await ui.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Send a Signal" }).ClickAsync();
        // The names come from the workflow itself, by the query for its metadata.
        await ui.Page.GetByTestId("signal-select-button").Locator("visible=true").ClickAsync();
        await ui.Page.GetByRole(AriaRole.Option, new() { Name = "pause" }).ClickAsync();
        await ui.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await jobs.UntilAsync(async () => await jobs.Running.QueryAsync<string>("progress", []) == "paused");

        await ui.Page.GetByRole(AriaRole.Button, new() { Name = "Request Cancellation" }).ClickAsync();
        await ui.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await jobs.UntilAsync(async () => (await jobs.DescribeAsync(RunningJobs.RunningId)).WorkflowExecutionInfo.Status == WorkflowExecutionStatus.Canceled);

        await jobs.StartScanAsync("scan-third", "third");
        run = (await jobs.DescribeAsync("scan-third")).WorkflowExecutionInfo.Execution.RunId;
        await ui.OpenAsync($"/namespaces/default/workflows/scan-third/{run}/timeline", "LibraryScan");
        await ui.Page.GetByRole(AriaRole.Button, new() { Name = "More Actions" }).ClickAsync();
        await ui.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Terminate" }).ClickAsync();
        await ui.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Terminate" }).ClickAsync();
        await jobs.UntilAsync(async () => (await jobs.DescribeAsync("scan-third")).WorkflowExecutionInfo.Status == WorkflowExecutionStatus.Terminated);
        await ui.NoteBannersAsync("after the actions");
        Assert.True(ui.Failures.Count == 0, string.Join(Environment.NewLine, ui.Failures));
    }
}
