using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Temporalio.Client;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Scanning;

public sealed class SequentialArchiveOnEmbeddedEngineTests(EmbeddedEngine engine) : SequentialArchiveSuite(engine);

[Collection(OfficialServer.Name)]
public sealed class SequentialArchiveOnOfficialServerTests(OfficialServer server) : SequentialArchiveSuite(server);

/// <summary>Scans of archives that are read in one pass, the same on every engine.</summary>
public abstract class SequentialArchiveSuite(IEngine engine)
{
    [Fact]
    public async Task Scan_TarGz_RendersAllByOneActivityThenNothing()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        // Not in natural order, and with one name twice.
        library.AddTarGz("pages.tar.gz", [
            .. Enumerable.Range(0, 119).Reverse().Select(i => ($"p/{i}.png", TestPng.Create(i))),
            ("p/7.png", TestPng.Create(1_000)),
            ("inner.zip", new byte[10]),
        ]);

        var first = await library.ScanAsync();
        var activities = (await CountActivitiesAsync(library, "pages.tar.gz", "RenderArchive"), await CountActivitiesAsync(library, "pages.tar.gz", "RenderBatch"));
        var second = await library.ScanAsync();

        Assert.Equal(JobState.CompletedWithFailures, first.State);
        Assert.Equal((120, 120, 120), (first.Images.Total, first.Images.Rendered, first.Images.Added));
        Assert.Equal(240, library.CountFiles());
        Assert.Equal((120, 120, 0), (second.Images.Total, second.Images.Skipped, second.Images.BytesRead));
        var failure = Assert.Single((await library.Store.ListFailuresAsync(first.Id, new PageRequest())).Items);
        Assert.Equal(("pages.tar.gz/inner.zip", FailureClass.Unsupported), (failure.Path, failure.Failure.Class));
        Assert.Equal((1, 0), activities);
    }

    [Fact]
    public async Task Scan_CutOffTar_KeepsTheGoodEntriesAndRemovesNothing()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddTarGz("pages.tar.gz", [.. Enumerable.Range(0, 10).Select(i => ($"{i}.png", TestPng.Create(i)))]);
        await library.ScanAsync();
        var whole = File.ReadAllBytes(Path.Combine(library.Root, "pages.tar.gz"));
        library.Write("pages.tar.gz", whole[..(whole.Length / 2)]);

        var job = await library.ScanAsync();

        Assert.Equal(JobState.CompletedWithFailures, job.State);
        Assert.Equal(0, job.Images.Removed);
        Assert.InRange(job.Images.Skipped, 3, 6);
        Assert.Equal(20, library.CountFiles());
    }

    [Fact]
    public async Task Scan_WorkerStopsAmidAnArchive_GoesOnWithTheRest()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddTarGz("pages.tar.gz", [.. Enumerable.Range(0, 200).Select(i => ($"{i}.png", TestPng.Create(i)))]);
        library.Renderer.Close(permitted: 70);

        var handle = await library.StartScanAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Rendered == 70));
        var stopped = library.StopWorkerAsync();
        await Eventually.HoldsAsync(() =>
        {
            // Those in flight are finished.
            library.Renderer.Permit(1);
            return Task.FromResult(stopped.IsCompleted);
        });
        await stopped;
        var rendered = library.Renderer.Rendered;
        library.Renderer.Open();
        await library.StartWorkerAsync();
        var result = await library.Client.GetWorkflowHandle<ILibraryScan, LibraryScanResult>(handle.Id).GetResultAsync();
        var job = await library.JobAsync(result.JobId);

        Assert.InRange(rendered, 70, 199);
        Assert.Equal(200, library.Renderer.Rendered);
        Assert.Equal((200, 0, 200), (job.Images.Rendered + job.Images.Reused, job.Images.Failed, job.Images.Added));
        Assert.Equal(400, library.CountFiles());
        await library.AssertHistoriesReplayAsync();
    }

    private static async Task<int> CountActivitiesAsync(TestLibrary library, string collection, string activity)
    {
        var id = WorkflowIds.Collection(library.CollectionId(collection));
        var history = await library.Client.GetWorkflowHandle(id).FetchHistoryAsync();
        return history.Events.Count(item => item.ActivityTaskScheduledEventAttributes?.ActivityType.Name == activity);
    }
}
