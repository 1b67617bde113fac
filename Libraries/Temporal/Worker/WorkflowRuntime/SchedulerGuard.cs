using System.Diagnostics.Tracing;
using Temporalio.Exceptions;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>Notices when workflow code starts tasks or timers that do not belong to its own scheduler, which would make it
/// nondeterministic, and fails the workflow task. It listens to the runtime's own events about tasks, and only while a
/// worker needs it, because every task in the process then costs a little.</summary>
internal sealed class SchedulerGuard : EventListener
{
    private const string TaskSource = "System.Threading.Tasks.TplEventSource";
    private const string FrameworkSource = "System.Diagnostics.Eventing.FrameworkEventSource";

    // Of TplEventSource: the keyword of task events, and the range of events whose first payload is a scheduler's id.
    private const EventKeywords TaskKeyword = (EventKeywords)0x2;
    private const int FirstSchedulerEvent = 7;
    private const int LastSchedulerEvent = 11;

    // Of FrameworkEventSource: work that moves to another thread, timers among it.
    private const EventKeywords ThreadTransferKeyword = (EventKeywords)0x10;
    private const EventTask ThreadTransferTask = (EventTask)3;

    private static readonly Lazy<SchedulerGuard> Shared = new(() => new());

    private readonly Lock gate = new();
    private readonly List<EventSource> sources = [];
    private int users;

    private SchedulerGuard()
    {
    }

    /// <summary>Watches until the result is disposed.</summary>
    public static IDisposable Watch()
    {
        var guard = Shared.Value;
        guard.ChangeUsers(1);
        return new Watcher(guard);
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        base.OnEventSourceCreated(eventSource);
        if (eventSource.Name is not (TaskSource or FrameworkSource))
        {
            return;
        }

        lock (gate)
        {
            sources.Add(eventSource);
            if (users > 0)
            {
                Enable(eventSource);
            }
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // Must come first: this runs for every task of the process.
        if (TaskScheduler.Current is not WorkflowInstance { NoticesLeavingScheduler: true } instance)
        {
            return;
        }

        if (eventData.EventSource.Name == FrameworkSource)
        {
            if (eventData.Task == ThreadTransferTask)
            {
                instance.FailTask(new InvalidWorkflowSchedulerException(
                    "Workflow code started a timer or other work that leaves the workflow's scheduler",
                    Environment.StackTrace));
            }
        }
        else if (eventData.EventId is >= FirstSchedulerEvent and <= LastSchedulerEvent
            && eventData.Payload is [int schedulerId, ..] && schedulerId != instance.Id)
        {
            instance.FailTask(new InvalidWorkflowSchedulerException(
                "Workflow code started a task that is not on the workflow's scheduler", Environment.StackTrace));
        }
    }

    private void ChangeUsers(int change)
    {
        lock (gate)
        {
            users += change;
            foreach (var source in sources)
            {
                if (users > 0)
                {
                    Enable(source);
                }
                else
                {
                    DisableEvents(source);
                }
            }
        }
    }

    private void Enable(EventSource source) => EnableEvents(
        source, EventLevel.Informational, source.Name == TaskSource ? TaskKeyword : ThreadTransferKeyword);

    private sealed class Watcher(SchedulerGuard guard) : IDisposable
    {
        private int disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref disposed, 1) == 0)
            {
                guard.ChangeUsers(-1);
            }
        }
    }
}
