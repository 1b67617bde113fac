using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowRuntime.Machines;

/// <summary>A command that is recorded by one event and never answered: upserts and the ends of a run.</summary>
internal sealed class RecordedMachine(EventType expected, bool isTerminal) : CommandMachine
{
    private bool isRecorded;

    /// <summary>Whether the command ends the run.</summary>
    public bool IsTerminal => isTerminal;

    public override bool IsFinal => isRecorded;

    public override void Apply(HistoryEvent historyEvent, bool checkIdentity)
    {
        if (historyEvent.EventType != expected)
        {
            throw Mismatch(historyEvent);
        }

        isRecorded = true;
    }

    public override string ToString() => $"Command for {expected}";
}
