using Microsoft.Extensions.Logging;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Worker.WorkflowRuntime.Machines;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>Activations, and the ends of the run.</content>
internal sealed partial class WorkflowInstance
{
    private readonly HashSet<string> patchesInHistory = [];

    /// <summary>Applies all jobs, then runs the workflow until it waits.</summary>
    /// <exception cref="Exception">The workflow task fails with it.</exception>
    public void Activate(Activation next)
    {
        activation = next;
        taskFailure = null;
        options.OnTaskStarting(new(Info, definition));
        var outerContext = SynchronizationContext.Current;
        Exception? failure = null;
        try
        {
            // A captured context would take continuations away from this scheduler.
            SynchronizationContext.SetSynchronizationContext(null);
            using (logger.BeginScope(Info.LoggerScope))
            {
                Run(next);
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outerContext);
            options.OnTaskCompleted(new(Info, definition, failure));
        }
    }

    private void Run(Activation next)
    {
        var hadEnded = machines.HasEnded;
        foreach (var job in next.Jobs)
        {
            Apply(job);
        }

        if (!runsMain)
        {
            runsMain = true;
            _ = RunOnScheduler(() => RunTopLevelAsync(RunMainAsync));
        }

        RunUntilIdle(checkConditions: next.Jobs is not [QueryJob]);
        if (taskFailure != null)
        {
            throw taskFailure;
        }

        if (machines.HasEnded && !hadEnded && !IsReplaying)
        {
            WarnOfUnfinishedHandlers();
        }
    }

    private void Apply(WorkflowJob job)
    {
        switch (job)
        {
            case PatchNoticeJob patch:
                patchesInHistory.Add(patch.PatchId);
                break;
            case RandomSeedJob seed:
                random = new(RandomSeed.Of(seed.RunId));
                break;
            case SignalJob signal:
                ApplySignal(signal);
                break;
            case UpdateJob update:
                ApplyUpdate(update);
                break;
            case CancelJob:
                CancelNow(cancellation);
                break;
            case ResolutionJob resolution:
                resolution.Resolve();
                break;
            case QueryJob query:
                ApplyQuery(query);
                break;
            default:
                throw new InvalidOperationException($"Unknown job {job}");
        }
    }

    private async Task RunMainAsync()
    {
        var input = new ExecuteWorkflowInput(Instance, definition.RunMethod, DecodeStartArguments());
        var result = await inbound.ExecuteWorkflowAsync(input).ConfigureAwait(true);
        End(EventType.WorkflowExecutionCompleted, new()
        {
            CommandType = CommandType.CompleteWorkflowExecution,
            CompleteWorkflowExecutionCommandAttributes = new()
            {
                Result = new() { Payloads_ = { PayloadConverter.ToPayload(result) } },
            },
        });
    }

    /// <summary>Runs the run method or a signal handler: what they throw ends the run or fails the task.</summary>
    private async Task RunTopLevelAsync(Func<Task> function)
    {
        try
        {
            await function().ConfigureAwait(true);
        }
        catch (Exception e)
        {
            try
            {
                EndBy(e);
            }
            catch (Exception failure)
            {
                FailTask(failure);
            }
        }
    }

    private void EndBy(Exception e)
    {
        if (e is ContinueAsNewException continueAsNew)
        {
            End(EventType.WorkflowExecutionContinuedAsNew, new()
            {
                CommandType = CommandType.ContinueAsNewWorkflowExecution,
                ContinueAsNewWorkflowExecutionCommandAttributes = ToCommand(continueAsNew.Input),
            });
        }
        else if (CancellationToken.IsCancellationRequested && TemporalException.IsCanceledException(e))
        {
            End(EventType.WorkflowExecutionCanceled, new()
            {
                CommandType = CommandType.CancelWorkflowExecution,
                CancelWorkflowExecutionCommandAttributes = new(),
            });
        }
        else if (FailsWorkflow(e))
        {
            End(EventType.WorkflowExecutionFailed, new()
            {
                CommandType = CommandType.FailWorkflowExecution,
                FailWorkflowExecutionCommandAttributes = new() { Failure = ToFailure(e) },
            });
        }
        else
        {
            FailTask(e);
        }
    }

    private void End(EventType recordedAs, Command command) =>
        machines.Issue(new RecordedMachine(recordedAs, isTerminal: true), command);

    /// <summary>Whether an exception is an outcome that the author meant; anything else is taken for a fault that a new
    /// version of the code can heal, so it only fails the task.</summary>
    private bool FailsWorkflow(Exception e) =>
        e is FailureException or OperationCanceledException
        || definitionOptions.FailureExceptionTypes?.Any(type => type.IsInstanceOfType(e)) == true
        || options.FailureExceptionTypes.Any(type => type.IsInstanceOfType(e));

    /// <summary>Whether a nondeterminism fails the workflow by configuration, rather than its task.</summary>
    public bool FailsWorkflowBy(Exception e) =>
        e is not FailureException and not OperationCanceledException && FailsWorkflow(e);

    /// <summary>The failure for an exception.</summary>
    public Api.Failure.V1.Failure ToFailure(Exception e) =>
        converter.FailureConverter.ToFailure(e, converter.PayloadConverter);

    private ContinueAsNewWorkflowExecutionCommandAttributes ToCommand(CreateContinueAsNewExceptionInput input)
    {
        var given = input.Options;
        var command = new ContinueAsNewWorkflowExecutionCommandAttributes
        {
            WorkflowType = new() { Name = input.Workflow },
            TaskQueue = new() { Name = given?.TaskQueue ?? Info.TaskQueue },
            Input = CommandParts.ToPayloads(converter, input.Args),
            // The server takes these from the command only, so what the run has must be repeated.
            RetryPolicy = given?.RetryPolicy?.ToProto() ?? retryPolicy,
            Memo = new(),
            SearchAttributes = (given?.TypedSearchAttributes ?? TypedSearchAttributes).ToProto(),
            Header = CommandParts.ToHeader(input.Headers),
            WorkflowRunTimeout = CommandParts.ToDuration(given?.RunTimeout),
            WorkflowTaskTimeout = CommandParts.ToDuration(given?.TaskTimeout),
            BackoffStartInterval = CommandParts.ToDuration(given?.BackoffStartInterval),
        };
        if (given?.InitialVersioningBehavior is { } behavior)
        {
            command.InitialVersioningBehavior = (ContinueAsNewVersioningBehavior)(int)behavior;
        }

        if (given?.Memo is { Count: > 0 } newMemo)
        {
            command.Memo.Fields.Add(newMemo.ToDictionary(
                field => field.Key, field => PayloadConverter.ToPayload(field.Value)));
        }
        else
        {
            command.Memo.Fields.Add(memo.ToDictionary(field => field.Key, field => field.Value.Payload));
        }

        return command;
    }
}
