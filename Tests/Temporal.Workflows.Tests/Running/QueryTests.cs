using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Exceptions;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Running;

/// <summary>Queries.</summary>
public sealed class QueryTests(TemporalServer server) : MailboxTests(server)
{
    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task Query_WhileRunningAndAfterTheEnd_SeesTheState(int cached) => RunAsync(
        async (_, handle) =>
        {
            Assert.Equal(0, await handle.QueryAsync(w => w.Count()));
            await handle.SignalAsync(w => w.ReceiveAsync("a"));
            Assert.Equal(1, await handle.QueryAsync(w => w.Count()));
            Assert.Equal(["a"], await handle.QueryAsync(w => w.Letters));
            await handle.SignalAsync(w => w.FinishAsync());
            await handle.GetResultAsync();
            Assert.Equal(1, await handle.QueryAsync(w => w.Count()));
        },
        cached);

    [Fact]
    public Task Query_HandlerThrowsOrIsMissing_FailsOnlyTheQuery() => RunAsync(async (_, handle) =>
    {
        var broken = await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync(w => w.Broken()));
        Assert.Contains("no answer", broken.Message);
        var missing = await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync<int>("missing", []));
        Assert.Contains("known queries: [Broken Count letters]", missing.Message);
        await handle.SignalAsync(w => w.FinishAsync());
        Assert.Equal(string.Empty, await handle.GetResultAsync());
    });

    [Fact]
    public Task Query_Metadata_ListsHandlersAndCurrentDetails() => RunAsync(async (_, handle) =>
    {
        var metadata = await handle.QueryAsync<Temporalio.Api.Sdk.V1.WorkflowMetadata>("__temporal_workflow_metadata", []);
        Assert.Equal("collecting mail", metadata.CurrentDetails);
        Assert.Equal(nameof(MailboxWorkflow), metadata.Definition.Type);
        Assert.Equal(["Finish", "Receive"], metadata.Definition.SignalDefinitions.Select(d => d.Name));
        Assert.Equal("Puts a letter into the box", metadata.Definition.SignalDefinitions[1].Description);
        Assert.Equal(["setConcurrency"], metadata.Definition.UpdateDefinitions.Select(d => d.Name));
    });
}
