using ImageLibrary.Tests.Temporal.Workflows.Tests.Support;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Running;

/// <summary>What the tests of signals, queries and updates share. They are classes of their own, so that they wait side by side.</summary>
public abstract class MailboxTests(TemporalServer server)
{
    protected TemporalServer Server => server;

    [Workflow]
    public class MailboxWorkflow
    {
        private readonly List<string> received = [];
        private bool isDone;
        private int concurrency = 4;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            Workflow.CurrentDetails = "collecting mail";
            await Workflow.WaitConditionAsync(() => isDone && Workflow.AllHandlersFinished);
            return string.Join(',', received);
        }

        [WorkflowSignal(Description = "Puts a letter into the box")]
        public Task ReceiveAsync(string letter)
        {
            received.Add(letter);
            return Task.CompletedTask;
        }

        [WorkflowSignal]
        public async Task FinishAsync()
        {
            await Workflow.DelayAsync(1);
            isDone = true;
        }

        [WorkflowQuery]
        public int Count() => received.Count;

        [WorkflowQuery("letters")]
        public IReadOnlyList<string> Letters => received;

        [WorkflowQuery]
        public int Broken() => throw new InvalidOperationException("no answer");

        [WorkflowUpdate("setConcurrency")]
        public async Task<int> SetConcurrencyAsync(int value)
        {
            var before = concurrency;
            await Workflow.DelayAsync(1);
            concurrency = value;
            received.Add(Workflow.CurrentUpdateInfo!.Name);
            return before;
        }

        [WorkflowUpdateValidator(nameof(SetConcurrencyAsync))]
        public void ValidateSetConcurrency(int value)
        {
            if (value is < 1 or > 64)
            {
                throw new ApplicationFailureException("Concurrency must be from 1 to 64", "OutOfRange");
            }
        }
    }

    protected Task RunAsync(Func<WorkerRun, WorkflowHandle<MailboxWorkflow, string>, Task> test, int cached = 100) =>
        WorkerRun.RunAsync(
            server,
            options =>
            {
                options.AddWorkflow<MailboxWorkflow>();
                options.MaxCachedWorkflows = cached;
            },
            async run => await test(
                run, await run.Client.StartWorkflowAsync((MailboxWorkflow w) => w.RunAsync(), run.NewWorkflow())));
}
