using Temporalio.Api.Failure.V1;
using Temporalio.Api.Update.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>How far an update has come.</summary>
internal enum UpdateStage
{
    Admitted,
    Sent,
    Accepted,
    Completed,
}

/// <summary>An update of a run, known by its id.</summary>
internal sealed class UpdateState(Request request)
{
    public Request Request { get; } = request;

    public string Id => Request.Meta.UpdateId;

    public UpdateStage Stage { get; set; }

    public long AcceptedEventId { get; set; }

    public Outcome? Outcome { get; set; }

    /// <summary>Why the update came to nothing, where its workflow ended before it was accepted.</summary>
    public Wire.RpcException? Refusal { get; set; }

    /// <summary>Callers that wait for a stage; called when that is durable.</summary>
    public List<Action<UpdateState>> Waiters { get; } = [];

    /// <summary>Tells those who wait that the stage may have changed.</summary>
    public void Notify()
    {
        var waiting = Waiters.ToList();
        Waiters.Clear();
        waiting.ForEach(notify => notify(this));
    }

    /// <summary>Fails the update, which was accepted, because its workflow has ended.</summary>
    public void EndWithItsWorkflow()
    {
        Stage = UpdateStage.Completed;
        Outcome = new Outcome
        {
            Failure = new Failure
            {
                Message = "Workflow Update failed because the Workflow completed before the Update completed.",
                Source = "Server",
                ApplicationFailureInfo = new ApplicationFailureInfo { Type = "AcceptedUpdateCompletedWorkflow", NonRetryable = true },
            },
        };
    }

    /// <summary>Ends the update without an answer.</summary>
    public void Refuse(Wire.RpcException refusal)
    {
        if (Stage != UpdateStage.Completed)
        {
            Refusal = refusal;
            Stage = UpdateStage.Completed;
            Notify();
        }
    }
}
