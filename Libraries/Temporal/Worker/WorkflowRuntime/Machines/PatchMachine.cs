using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowRuntime.Machines;

/// <summary>The marker of a patch.</summary>
internal sealed class PatchMachine(string patchId) : CommandMachine
{
    private bool isRecorded;

    public string PatchId => patchId;

    public override bool IsFinal => isRecorded;

    public override void Apply(HistoryEvent historyEvent, bool checkIdentity)
    {
        if (PatchMarker.Read(historyEvent) is not { } marker)
        {
            throw Mismatch(historyEvent);
        }

        RequireSame("patch id", marker.Id, patchId);
        isRecorded = true;
    }

    public override string ToString() => $"Patch {patchId}";
}
