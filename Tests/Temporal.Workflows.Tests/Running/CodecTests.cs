using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Running;

public sealed class CodecTests(TemporalServer server)
{
    [Workflow]
    public class CountWorkflow
    {
        private int count;
        private bool isDone;

        [WorkflowRun]
        public async Task<int> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => isDone);
            return count;
        }

        [WorkflowUpdate]
        public Task<int> AddAsync() => Task.FromResult(++count);

        [WorkflowSignal]
        public Task FinishAsync()
        {
            isDone = true;
            return Task.CompletedTask;
        }

        [WorkflowQuery]
        public int Count() => count;
    }

    [Fact]
    public async Task Update_CodecFailsOnceAtTheCompletion_HandlerCountsOnce()
    {
        var client = await server.ConnectAsync();
        var codec = new FlakyCodec();
        var coding = await TemporalClient.ConnectAsync(new(server.Address!) { DataConverter = DataConverter.Default with { PayloadCodec = codec } });
        var options = new TemporalWorkerOptions($"queue-{Guid.NewGuid():N}").AddWorkflow<CountWorkflow>();
        using var worker = new TemporalWorker(coding, options);
        await worker.ExecuteAsync(
            async () =>
            {
                var handle = await client.StartWorkflowAsync(
                    (CountWorkflow wf) => wf.RunAsync(), new($"workflow-{Guid.NewGuid():N}", options.TaskQueue!) { TaskTimeout = TimeSpan.FromSeconds(1) });
                await handle.QueryAsync(wf => wf.Count());

                codec.FailuresLeft = 1;
                await handle.ExecuteUpdateAsync(wf => wf.AddAsync());
                await handle.SignalAsync(wf => wf.FinishAsync());

                Assert.Equal(1, await handle.GetResultAsync());
                Assert.True(codec.FailuresLeft <= 0);
                var events = (await handle.FetchHistoryAsync()).Events;
                Assert.Single(events, e => e.EventType == EventType.WorkflowExecutionUpdateAccepted);
            },
            TestContext.Current.CancellationToken);
    }

    private sealed class FlakyCodec : IPayloadCodec
    {
        public int FailuresLeft { get; set; }

        public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) =>
            --FailuresLeft >= 0 ? throw new HttpRequestException("The key server is not reachable") : Task.FromResult(payloads);

        public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) => Task.FromResult(payloads);
    }
}
