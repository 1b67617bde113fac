using Temporalio.Api.History.V1;
using Temporalio.Exceptions;

namespace Temporalio.Worker.WorkflowRuntime.Machines;

/// <summary>Follows one command from the moment when the workflow issued it through all events that belong to it.</summary>
internal abstract class CommandMachine
{
    /// <summary>Whether no further event can belong to the command.</summary>
    public abstract bool IsFinal { get; }

    /// <summary>Applies the event that recorded a command of this machine, or one that answers it.</summary>
    /// <param name="historyEvent">The event.</param>
    /// <param name="checkIdentity">Whether ids and types must match.</param>
    /// <exception cref="WorkflowNondeterminismException">The event does not fit the command.</exception>
    public abstract void Apply(HistoryEvent historyEvent, bool checkIdentity);

    /// <summary>The error for an event that does not fit.</summary>
    protected WorkflowNondeterminismException Mismatch(HistoryEvent historyEvent) =>
        new($"{this} does not fit event {historyEvent.EventId} {historyEvent.EventType}");

    /// <summary>Compares the identity of a command with its event's.</summary>
    /// <exception cref="WorkflowNondeterminismException">They differ.</exception>
    protected static void RequireSame(string what, string inEvent, string inCommand)
    {
        if (inEvent != inCommand)
        {
            throw new WorkflowNondeterminismException(
                $"{what} of the event '{inEvent}' does not match {what} of the command '{inCommand}'");
        }
    }
}
