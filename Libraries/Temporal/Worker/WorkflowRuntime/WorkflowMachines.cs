using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Worker.WorkflowRuntime.Machines;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>Connects a workflow with its history: keeps the commands that the workflow issued until their events come,
/// and turns events into jobs for the workflow. This half takes what the workflow does; the other one reads
/// history.</summary>
internal sealed partial class WorkflowMachines
{
    private readonly List<QueuedCommand> commands = [];
    private readonly Dictionary<long, CommandMachine> machinesByEventId = [];
    private readonly List<WorkflowJob> jobs = [];
    private readonly List<Message> outbox = [];

    // True for those that the workflow itself has called in this instance.
    private readonly Dictionary<string, bool> patches = [];

    /// <summary>Flags of the run.</summary>
    public InternalFlags Flags { get; } = new();

    /// <summary>How many commands the workflow has issued so far.</summary>
    public int IssuedCommands { get; private set; }

    /// <summary>Whether jobs wait for an activation.</summary>
    public bool HasJobs => jobs.Count > 0;

    /// <summary>Whether the workflow has ended by a command.</summary>
    public bool HasEnded => commands.Exists(command => command.Machine is RecordedMachine { IsTerminal: true });

    /// <summary>Queues a job for the next activation.</summary>
    public void AddJob(WorkflowJob job) => jobs.Add(job);

    /// <summary>Queues a command.</summary>
    public void Issue(CommandMachine machine, Command command)
    {
        IssuedCommands++;
        commands.Add(new(machine, command));
    }

    /// <summary>Takes commands back that were not sent.</summary>
    public void Withdraw(CommandMachine machine) => commands.RemoveAll(command => command.Machine == machine);

    /// <summary>Sends a message with the completion, except on replay, when it was sent before.</summary>
    public void Send(Message message)
    {
        IssuedCommands++;
        if (!IsReplaying)
        {
            outbox.Add(message);
        }
    }

    /// <summary>Records a patch, once per run.</summary>
    public void Patch(string patchId, bool deprecated)
    {
        var inHistory = patches.TryGetValue(patchId, out var called);
        if (called)
        {
            return;
        }

        patches[patchId] = true;
        Issue(new PatchMachine(patchId), new()
        {
            CommandType = CommandType.RecordMarker,
            RecordMarkerCommandAttributes = new PatchMarker(patchId, deprecated).ToCommand(),
        });
        if ((IsReplaying && !inHistory) || !Flags.IsInUse(CoreFlag.UpsertSearchAttributeOnPatch, IsReplaying))
        {
            return;
        }

        var calledPatches = patches.Where(patch => patch.Value).Select(patch => patch.Key);
        if (PatchMarker.ToUpsert(calledPatches) is { } upsert)
        {
            Issue(new RecordedMachine(EventType.UpsertWorkflowSearchAttributes, isTerminal: false), new()
            {
                CommandType = CommandType.UpsertWorkflowSearchAttributes,
                UpsertWorkflowSearchAttributesCommandAttributes = upsert,
            });
        }
    }

    /// <summary>Asks the server to cancel a child.</summary>
    public void CancelChild(ChildWorkflowMachine child, string workflowId, string runId) =>
        Issue(new ExternalCancelMachine(this, workflowId, child), new()
        {
            CommandType = CommandType.RequestCancelExternalWorkflowExecution,
            RequestCancelExternalWorkflowExecutionCommandAttributes = new()
            {
                WorkflowId = workflowId,
                RunId = runId,
                ChildWorkflowOnly = true,
            },
        });

    /// <summary>What holds before the first activation.</summary>
    public Activation InitialActivation => Activate([], IsReplaying);

    /// <summary>Takes the jobs for one activation, in their order.</summary>
    public Activation TakeActivation()
    {
        WorkflowJob[] taken = [.. jobs.OrderBy(job => job.Rank)];
        jobs.Clear();
        return Activate(taken, IsReplaying);
    }

    /// <summary>An activation for one query, which always counts as replay.</summary>
    public Activation QueryActivation(QueryJob query) => Activate([query], isReplaying: true);

    /// <summary>Puts the queued commands into the order in which they are sent and recorded: the first terminal command
    /// last, no second one.</summary>
    public void ArrangeCommands()
    {
        var terminal = commands.FindIndex(command => command.Machine is RecordedMachine { IsTerminal: true });
        if (terminal < 0)
        {
            return;
        }

        var end = commands[terminal];
        if (Flags.IsInUse(CoreFlag.MoveTerminalCommandLast, IsReplaying))
        {
            commands.RemoveAll(command => command.Machine is RecordedMachine { IsTerminal: true });
            commands.Add(end);
        }
        else
        {
            commands.RemoveRange(terminal + 1, commands.Count - terminal - 1);
        }
    }

    /// <summary>The commands to send. They stay queued until their events come.</summary>
    public IEnumerable<Command> CommandsToSend() => commands.Select(command => command.Command);

    /// <summary>Takes the messages to send.</summary>
    public IReadOnlyList<Message> TakeMessages()
    {
        Message[] messages = [.. outbox];
        outbox.Clear();
        return messages;
    }

    private Activation Activate(IReadOnlyList<WorkflowJob> activationJobs, bool isReplaying) => new(
        activationJobs,
        currentTime,
        isReplaying,
        (int)lastAppliedEventId,
        (int)Math.Min(historySizeBytes, int.MaxValue),
        continueAsNewSuggested,
        suggestedReasons);
}
