using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.Worker.WorkflowRuntime.Machines;

/// <summary>An update, from the request message to the recorded outcome. Each answer is a message; those that the history
/// records are also referenced by a command.</summary>
internal sealed class UpdateMachine(
    WorkflowMachines machines, string protocolInstanceId, string requestMessageId, long sequencingEventId, Request request)
    : CommandMachine
{
    private State state = State.Requested;

    // The acceptance may still be unrecorded when the outcome is already known.
    private enum State
    {
        Requested,
        AcceptIssued,
        AcceptAndOutcomeIssued,
        Accepted,
        OutcomeIssued,
        Ended,
    }

    public Request Request => request;

    public override bool IsFinal => state == State.Ended;

    /// <summary>Accepts the update, before its handler runs.</summary>
    public void Accept()
    {
        state = State.AcceptIssued;
        IssueRecorded("accept", new Acceptance
        {
            AcceptedRequestMessageId = requestMessageId,
            AcceptedRequestSequencingEventId = sequencingEventId,
            AcceptedRequest = request,
        });
    }

    /// <summary>Refuses an update, which leaves no trace in the history.</summary>
    public void Reject(Failure failure)
    {
        state = State.Ended;
        machines.Send(Message("reject", new Rejection
        {
            RejectedRequestMessageId = requestMessageId,
            RejectedRequestSequencingEventId = sequencingEventId,
            RejectedRequest = request,
            Failure = failure,
        }));
    }

    /// <summary>Ends an accepted update with its result.</summary>
    public void Complete(Payload result) => End(new() { Success = new() { Payloads_ = { result } } });

    /// <summary>Ends an accepted update with a failure.</summary>
    public void Fail(Failure failure) => End(new() { Failure = failure });

    public override void Apply(HistoryEvent historyEvent, bool checkIdentity) => state =
        (historyEvent.EventType, state) switch
        {
            (EventType.WorkflowExecutionUpdateAccepted, State.AcceptIssued) => State.Accepted,
            (EventType.WorkflowExecutionUpdateAccepted, State.AcceptAndOutcomeIssued) => State.OutcomeIssued,
            (EventType.WorkflowExecutionUpdateCompleted, State.OutcomeIssued) => State.Ended,
            _ => throw Mismatch(historyEvent),
        };

    public override string ToString() => $"Update {request.Meta.UpdateId} named {request.Input.Name}";

    private void End(Api.Update.V1.Outcome outcome)
    {
        state = state == State.AcceptIssued ? State.AcceptAndOutcomeIssued : State.OutcomeIssued;
        IssueRecorded("complete", new Response { Meta = request.Meta, Outcome = outcome });
    }

    private void IssueRecorded(string step, IMessage body)
    {
        var message = Message(step, body);
        machines.Send(message);
        machines.Issue(this, new()
        {
            CommandType = CommandType.ProtocolMessage,
            ProtocolMessageCommandAttributes = new() { MessageId = message.Id },
        });
    }

    private Api.Protocol.V1.Message Message(string step, IMessage body) => new()
    {
        Id = $"{requestMessageId}/{step}",
        ProtocolInstanceId = protocolInstanceId,
        Body = Any.Pack(body),
    };
}
