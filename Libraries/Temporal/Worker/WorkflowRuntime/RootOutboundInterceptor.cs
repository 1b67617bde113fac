using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Worker.WorkflowRuntime.Machines;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>The innermost interceptor of what goes out: issues the commands.</summary>
internal sealed class RootOutboundInterceptor(
    WorkflowInstance instance,
    WorkflowMachines machines,
    DataConverter converter,
    Func<Func<Task>, Task> start) : WorkflowOutboundInterceptor
{
    private int activityCounter;
    private int timerCounter;

    public override ContinueAsNewException CreateContinueAsNewException(CreateContinueAsNewExceptionInput input) =>
        new(input);

    public override Task DelayAsync(DelayAsyncInput input)
    {
        instance.RequireWritable("start a timer");
        var token = input.CancellationToken ?? instance.CancellationToken;
        if (input.Delay < TimeSpan.Zero && input.Delay != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentException("Delay duration cannot be less than 0", nameof(input));
        }

        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled(token);
        }

        if (input.Delay == Timeout.InfiniteTimeSpan)
        {
            var never = new TaskCompletionSource();
            return start(() => CancelableAsync(never.Task, () => never.TrySetCanceled(token), token));
        }

        var id = NextId(ref timerCounter);
        var timer = new TimerMachine(machines, id);
        machines.Issue(timer, new()
        {
            CommandType = CommandType.StartTimer,
            StartTimerCommandAttributes = new()
            {
                TimerId = id,
                StartToFireTimeout = Duration.FromTimeSpan(
                    input.Delay == TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : input.Delay),
            },
            UserMetadata = CommandParts.ToMetadata(converter, input.Summary, null),
        });
        return start(() => CancelableAsync(timer.Fired, () => timer.Cancel(token), token));
    }

    public override Task<TResult> ScheduleActivityAsync<TResult>(ScheduleActivityInput input)
    {
        instance.RequireWritable("schedule an activity");
        var given = input.Options;
        if (given.StartToCloseTimeout == null && given.ScheduleToCloseTimeout == null)
        {
            throw new ArgumentException("Activity options must have StartToCloseTimeout or ScheduleToCloseTimeout");
        }

        var token = given.CancellationToken ?? instance.CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromException<TResult>(new CanceledFailureException("Activity cancelled before scheduled"));
        }

        var taskQueue = given.TaskQueue ?? instance.Info.TaskQueue;
        var context = converter.WithSerializationContext(new ISerializationContext.Activity(
            instance.Info.Namespace,
            given.ActivityId,
            instance.Info.WorkflowId,
            instance.Info.WorkflowType,
            input.Activity,
            taskQueue,
            IsLocal: false));
        var number = NextId(ref activityCounter);
        var attributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = given.ActivityId ?? number,
            ActivityType = new() { Name = input.Activity },
            TaskQueue = new() { Name = taskQueue },
            Header = CommandParts.ToHeader(input.Headers),
            Input = CommandParts.ToPayloads(context, input.Args),
            ScheduleToCloseTimeout = CommandParts.ToDuration(given.ScheduleToCloseTimeout),
            ScheduleToStartTimeout = CommandParts.ToDuration(given.ScheduleToStartTimeout),
            StartToCloseTimeout = CommandParts.ToDuration(given.StartToCloseTimeout),
            HeartbeatTimeout = CommandParts.ToDuration(given.HeartbeatTimeout),
            RetryPolicy = given.RetryPolicy?.ToProto(),
            Priority = given.Priority?.ToProto(),
            RequestEagerExecution = !given.DisableEagerActivityExecution,
        };
        var activity = new ActivityMachine(machines, attributes, given.CancellationType);
        machines.Issue(activity, new()
        {
            CommandType = CommandType.ScheduleActivityTask,
            ScheduleActivityTaskCommandAttributes = attributes,
            UserMetadata = CommandParts.ToMetadata(context, given.Summary, null),
        });
        return OutcomeAsync<TResult>(activity.Resolved, activity.Cancel, new(context), token);
    }

    public override async Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        StartChildWorkflowInput input)
    {
        instance.RequireWritable("start a child workflow");
        var given = input.Options;
        var token = given.CancellationToken ?? instance.CancellationToken;
        if (token.IsCancellationRequested)
        {
            throw new CanceledFailureException("Child cancelled before scheduled");
        }

        var id = given.Id ?? Workflow.NewGuid().ToString();
        var context = converter.WithSerializationContext(
            new ISerializationContext.Workflow(instance.Info.Namespace, id));
        var attributes = ToCommand(input, id, context);
        var child = new ChildWorkflowMachine(machines, instance.Info.Namespace, attributes, given.CancellationType);
        machines.Issue(child, new()
        {
            CommandType = CommandType.StartChildWorkflowExecution,
            StartChildWorkflowExecutionCommandAttributes = attributes,
            UserMetadata = CommandParts.ToMetadata(context, given.StaticSummary, given.StaticDetails),
        });

        // The cancellation counts until the child ends, not only until it has started.
        _ = start(() => CancelableAsync(child.Resolved, child.Cancel, token));
        var started = await child.Started.ConfigureAwait(true);
        var reader = new OutcomeReader(context);
        if (started.Canceled is { } canceled)
        {
            throw reader.ToException(canceled);
        }

        return started.Refused switch
        {
            null => new RuntimeChildWorkflowHandle<TWorkflow, TResult>(
                this, id, started.RunId!, child.Resolved, reader),
            StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists => throw new WorkflowAlreadyStartedException(
                "Child workflow already started", id, input.Workflow, "<unknown>"),
            var cause => throw new InvalidOperationException($"The child workflow {id} was refused: {cause}"),
        };
    }

    public override Task SignalChildWorkflowAsync(SignalChildWorkflowInput input) => SignalAsync(
        input.Id, null, true, input.Signal, input.Args, input.Options?.CancellationToken, input.Headers);

    public override Task SignalExternalWorkflowAsync(SignalExternalWorkflowInput input) => SignalAsync(
        input.Id, input.RunId, false, input.Signal, input.Args, input.Options?.CancellationToken, input.Headers);

    public override Task CancelExternalWorkflowAsync(CancelExternalWorkflowInput input)
    {
        instance.RequireWritable("cancel a workflow");
        var cancel = new ExternalCancelMachine(machines, input.Id, null);
        machines.Issue(cancel, new()
        {
            CommandType = CommandType.RequestCancelExternalWorkflowExecution,
            RequestCancelExternalWorkflowExecutionCommandAttributes = new()
            {
                WorkflowId = input.Id,
                RunId = input.RunId ?? string.Empty,
                Reason = $"Requested by workflow {instance.Info.WorkflowId}",
            },
        });
        return OutcomeAsync<ValueTuple>(cancel.Resolved, static () => { }, new(converter), CancellationToken.None);
    }

    private Task SignalAsync(
        string id,
        string? runId,
        bool isChild,
        string signal,
        IReadOnlyCollection<object?> args,
        CancellationToken? cancellationToken,
        IDictionary<string, Payload>? headers)
    {
        instance.RequireWritable("signal a workflow");
        var token = cancellationToken ?? instance.CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromException(new CanceledFailureException("Signal cancelled before scheduled"));
        }

        var context = converter.WithSerializationContext(
            new ISerializationContext.Workflow(instance.Info.Namespace, id));
        var machine = new ExternalSignalMachine(machines, signal);
        machines.Issue(machine, new()
        {
            CommandType = CommandType.SignalExternalWorkflowExecution,
            SignalExternalWorkflowExecutionCommandAttributes = new()
            {
                Execution = new() { WorkflowId = id, RunId = runId ?? string.Empty },
                SignalName = signal,
                Input = CommandParts.ToPayloads(context, args),
                ChildWorkflowOnly = isChild,
                Header = CommandParts.ToHeader(headers),
            },
        });
        return OutcomeAsync<ValueTuple>(machine.Resolved, machine.Cancel, new(context), token);
    }

    private StartChildWorkflowExecutionCommandAttributes ToCommand(
        StartChildWorkflowInput input, string id, DataConverter context)
    {
        var given = input.Options;
        return new()
        {
            WorkflowId = id,
            WorkflowType = new() { Name = input.Workflow },
            TaskQueue = new() { Name = given.TaskQueue ?? instance.Info.TaskQueue },
            Input = CommandParts.ToPayloads(context, input.Args),
            Header = CommandParts.ToHeader(input.Headers),
            WorkflowExecutionTimeout = CommandParts.ToDuration(given.ExecutionTimeout),
            WorkflowRunTimeout = CommandParts.ToDuration(given.RunTimeout),
            WorkflowTaskTimeout = CommandParts.ToDuration(given.TaskTimeout),
            ParentClosePolicy = (Api.Enums.V1.ParentClosePolicy)given.ParentClosePolicy,
            WorkflowIdReusePolicy = given.IdReusePolicy,
            RetryPolicy = given.RetryPolicy?.ToProto(),
            CronSchedule = given.CronSchedule ?? string.Empty,
            Memo = given.Memo is { } memo
                ? new() { Fields = { memo.ToDictionary(f => f.Key, f => context.PayloadConverter.ToPayload(f.Value)) } }
                : null,
            SearchAttributes = given.TypedSearchAttributes?.ToProto(),
            Priority = given.Priority?.ToProto(),
        };
    }

    private async Task<TResult> OutcomeAsync<TResult>(
        Task<Outcome> outcome, Action cancel, OutcomeReader reader, CancellationToken token)
    {
        await start(() => CancelableAsync(outcome, cancel, token)).ConfigureAwait(true);
        return reader.Read<TResult>(await outcome.ConfigureAwait(true));
    }

    private static async Task CancelableAsync(Task task, Action cancel, CancellationToken token)
    {
        using (token.Register(cancel))
        {
            await task.ConfigureAwait(true);
        }
    }

    private static string NextId(ref int counter) =>
        (++counter).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
