using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Exceptions;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Running;

/// <summary>Updates.</summary>
public sealed class UpdateTests(TemporalServer server) : MailboxTests(server)
{
    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task Update_Valid_RunsTheHandlerAndReturnsItsResult(int cached) => RunAsync(
        async (_, handle) =>
        {
            Assert.Equal(4, await handle.ExecuteUpdateAsync(w => w.SetConcurrencyAsync(7)));
            Assert.Equal(7, await handle.ExecuteUpdateAsync(w => w.SetConcurrencyAsync(8)));
            await handle.SignalAsync(w => w.FinishAsync());
            Assert.Equal("setConcurrency,setConcurrency", await handle.GetResultAsync());
        },
        cached);

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public Task Update_Rejected_LeavesNoTraceAndLaterOnesWork(int cached) => RunAsync(
        async (_, handle) =>
        {
            for (var i = 0; i < 3; i++)
            {
                var e = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                    () => handle.ExecuteUpdateAsync(w => w.SetConcurrencyAsync(65)));
                Assert.Equal("OutOfRange", Assert.IsType<ApplicationFailureException>(e.InnerException).ErrorType);
            }

            Assert.Equal(4, await handle.ExecuteUpdateAsync(w => w.SetConcurrencyAsync(5)));
            await handle.SignalAsync(w => w.FinishAsync());
            Assert.Equal("setConcurrency", await handle.GetResultAsync());
        },
        cached);

    [Fact]
    public Task Update_Unknown_IsRejected() => RunAsync(async (_, handle) =>
    {
        var e = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync("missing", []));
        Assert.Contains("known updates: [setConcurrency]", e.InnerException!.Message);
    });
}
