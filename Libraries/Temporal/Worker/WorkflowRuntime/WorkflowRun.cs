using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>One run: its machines and its instance. Handles one workflow task at a time.</summary>
internal sealed class WorkflowRun(WorkflowRuntimeOptions options, string workflowId, string runId)
{
    private readonly WorkflowMachines machines = new();
    private readonly DataConverter converter = options.DataConverter.WithSerializationContext(
        new ISerializationContext.Workflow(options.Namespace, workflowId));

    private WorkflowInstance? instance;

    /// <summary>The last event that the run knows.</summary>
    public long LastAppliedEventId => machines.LastAppliedEventId;

    /// <summary>Forgets a task of which the server kept nothing.</summary>
    public void ForgetSpeculativeTask() => machines.ForgetSpeculativeTask();

    /// <summary>Runs the workflow through the history of a task and answers its queries.</summary>
    public async Task<WorkflowTaskResult> HandleAsync(
        PollWorkflowTaskQueueResponse task, HistoryBuffer history, CancellationToken cancellationToken)
    {
        try
        {
            machines.BeginTask(task.PreviousStartedEventId, task.Messages);
            await RunHistoryAsync(history, cancellationToken).ConfigureAwait(false);
            var answers = await AnswerQueriesAsync(task).ConfigureAwait(false);
            return Success(answers);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return e is WorkflowNondeterminismException && instance?.FailsWorkflowBy(e) == true
                ? FailedWorkflow(e)
                : Failed(e);
        }
    }

    private async Task RunHistoryAsync(HistoryBuffer history, CancellationToken cancellationToken)
    {
        while (await history.TakeAsync(machines.LastAppliedEventId, cancellationToken).ConfigureAwait(false) is { } sequence)
        {
            machines.Apply(sequence, history.Peek());
            if (instance == null)
            {
                instance = CreateInstance();
                await ActivateAsync(machines.TakeActivation()).ConfigureAwait(false);
            }

            // A command that was withdrawn before it was sent resolves at once, within the same task.
            while (machines.HasJobs)
            {
                await ActivateAsync(machines.TakeActivation()).ConfigureAwait(false);
            }

            machines.ArrangeCommands();
        }
    }

    private async Task<IReadOnlyList<WorkflowInstance.QueryAnswer>> AnswerQueriesAsync(PollWorkflowTaskQueueResponse task)
    {
        var jobs = task.Queries
            .Select(query => new QueryJob(
                query.Key, query.Value.QueryType, query.Value.QueryArgs, query.Value.Header))
            .ToList();
        if (task.Query is { } legacy)
        {
            jobs.Add(new(string.Empty, legacy.QueryType, legacy.QueryArgs, legacy.Header));
        }

        var answers = new List<WorkflowInstance.QueryAnswer>();
        foreach (var job in jobs)
        {
            await ActivateAsync(machines.QueryActivation(job)).ConfigureAwait(false);
            answers.AddRange(instance!.TakeQueryAnswers());
        }

        return answers;
    }

    private async Task ActivateAsync(Activation activation)
    {
        var running = instance ?? throw new InvalidOperationException($"Run {runId} has no history");
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = Task.Run(() =>
        {
            begun.SetResult();
            running.Activate(activation);
        });
        // Waiting for a thread is not the workflow's fault.
        await begun.Task.ConfigureAwait(false);
        try
        {
            await work.WaitAsync(options.DeadlockTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            throw new InvalidOperationException(
                $"Workflow with run id {runId} did not yield within {options.DeadlockTimeout}: it is blocked or computes for too long");
        }
    }

    private WorkflowInstance CreateInstance()
    {
        var start = WorkflowStart.Read(machines, options, workflowId, runId, converter);
        var type = start.Info.WorkflowType;
        var definition = options.Workflows.FirstOrDefault(candidate => candidate.Name == type)
            ?? options.Workflows.FirstOrDefault(candidate => candidate.Dynamic)
            ?? throw new ApplicationFailureException(
                $"Workflow type {type} is not registered on this worker, available workflows: "
                + string.Join(", ", options.Workflows.Select(known => known.Name).Order(StringComparer.Ordinal)),
                "NotFoundError");
        return new(options, definition, start, machines, converter);
    }

    private WorkflowTaskSuccess Success(IReadOnlyList<WorkflowInstance.QueryAnswer> answers) => new(
        [.. machines.CommandsToSend()],
        machines.TakeMessages(),
        answers,
        machines.Flags.TakeUnrecorded(TemporalConnection.ClientIdentity.Name, TemporalConnection.ClientIdentity.Version),
        instance?.VersioningBehavior ?? Common.VersioningBehavior.Unspecified,
        machines.HasEnded);

    private WorkflowTaskSuccess FailedWorkflow(Exception e)
    {
        var command = new Command
        {
            CommandType = CommandType.FailWorkflowExecution,
            FailWorkflowExecutionCommandAttributes = new() { Failure = ToFailure(e) },
        };
        return new([command], [], [], new(), Common.VersioningBehavior.Unspecified, HasEnded: true);
    }

    private WorkflowTaskFailure Failed(Exception e) => new(
        e,
        ToFailure(e),
        e is WorkflowNondeterminismException
            ? WorkflowTaskFailedCause.NonDeterministicError
            : WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure);

    private Api.Failure.V1.Failure ToFailure(Exception e)
    {
        try
        {
            return converter.FailureConverter.ToFailure(e, converter.PayloadConverter);
        }
        catch (Exception conversion)
        {
            return new() { Message = $"{e.Message} (and the failure did not convert: {conversion.Message})" };
        }
    }
}
