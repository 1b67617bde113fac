using System.Reflection;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;
using Temporalio.Worker.WorkflowRuntime.Machines;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>Signals, updates and queries.</content>
internal sealed partial class WorkflowInstance
{
    private readonly LinkedList<RunningHandler> runningHandlers = new();
    private readonly List<SignalJob> waitingSignals = [];
    private readonly List<QueryAnswer> queryAnswers = [];

    /// <summary>Takes the answers to the queries of the last activation.</summary>
    public IReadOnlyList<QueryAnswer> TakeQueryAnswers()
    {
        QueryAnswer[] answers = [.. queryAnswers];
        queryAnswers.Clear();
        return answers;
    }

    private void ApplySignal(SignalJob job)
    {
        var name = job.Signal.SignalName;
        if (signals.Find(name) is not { } handler)
        {
            // The workflow may register the handler later.
            waitingSignals.Add(job);
            return;
        }

        _ = RunOnScheduler(() => RunTopLevelAsync(() => HandleSignalAsync(job, handler)));
    }

    private async Task HandleSignalAsync(SignalJob job, WorkflowSignalDefinition handler)
    {
        var name = job.Signal.SignalName;
        object?[] arguments;
        try
        {
            arguments = DecodeArguments(handler.Signature, job.Signal.Input, $"Signal {name}", handler.Dynamic, name);
        }
        catch (Exception e)
        {
            // Whoever sent it cannot be told, and failing the task would block the workflow for ever.
            Log.SignalDropped(logger, e, name);
            return;
        }

        var node = runningHandlers.AddLast(new RunningHandler("signal", name, null, handler.UnfinishedPolicy));
        try
        {
            await inbound.HandleSignalAsync(
                new(name, handler, arguments, job.Signal.Header?.Fields)).ConfigureAwait(true);
        }
        finally
        {
            runningHandlers.Remove(node);
        }
    }

    private void DeliverWaitingSignals(string? name)
    {
        SignalJob[] deliverable = [.. waitingSignals.Where(job => name == null || job.Signal.SignalName == name)];
        foreach (var job in deliverable)
        {
            waitingSignals.Remove(job);
            ApplySignal(job);
        }
    }

    private void ApplyUpdate(UpdateJob job) => _ = RunOnScheduler(async () =>
    {
        try
        {
            var request = job.Update.Request;
            CurrentUpdate.Value = new(request.Meta.UpdateId, request.Input.Name);
            // The constructor may register the handler.
            _ = Instance;
            await HandleUpdateAsync(job).ConfigureAwait(true);
        }
        catch (Exception e)
        {
            FailTask(e);
        }
    });

    private async Task HandleUpdateAsync(UpdateJob job)
    {
        var request = job.Update.Request;
        var name = request.Input.Name;
        var id = request.Meta.UpdateId;
        if (updates.Find(name) is not { } handler)
        {
            job.Update.Reject(ToFailure(new InvalidOperationException(
                $"Update handler for {name} expected but not found, known updates: [{Known(updates)}]")));
            return;
        }

        object?[] Decode() => DecodeArguments(
            handler.Signature, request.Input.Args, $"Update {name}", handler.Dynamic, name);

        object?[]? arguments = null;
        if (job.RunValidator)
        {
            var commands = machines.IssuedCommands;
            try
            {
                if (handler.HasValidator)
                {
                    // With arguments of its own, so that it cannot change those of the handler.
                    ReadOnly(() => inbound.ValidateUpdate(new(id, name, handler, Decode(), request.Input.Header?.Fields)));
                }

                arguments = Decode();
            }
            catch (Exception e)
            {
                job.Update.Reject(ToFailure(e));
                return;
            }

            if (machines.IssuedCommands != commands)
            {
                throw new InvalidOperationException($"Update validator for {name} created workflow commands");
            }
        }

        job.Update.Accept();
        await RunUpdateAsync(job.Update, handler, arguments, Decode).ConfigureAwait(true);
    }

    private async Task RunUpdateAsync(
        UpdateMachine update, WorkflowUpdateDefinition handler, object?[]? arguments, Func<object?[]> decode)
    {
        var request = update.Request;
        var node = runningHandlers.AddLast(new RunningHandler(
            "update", request.Input.Name, request.Meta.UpdateId, handler.UnfinishedPolicy));
        try
        {
            var result = await inbound.HandleUpdateAsync(new(
                request.Meta.UpdateId,
                request.Input.Name,
                handler,
                arguments ?? decode(),
                request.Input.Header?.Fields)).ConfigureAwait(true);
            runningHandlers.Remove(node);
            update.Complete(PayloadConverter.ToPayload(result));
        }
        catch (Exception e) when (FailsWorkflow(e))
        {
            update.Fail(ToFailure(e));
        }
        finally
        {
            if (node.List != null)
            {
                runningHandlers.Remove(node);
            }
        }
    }

    private void ApplyQuery(QueryJob job) => _ = RunOnScheduler(() =>
    {
        var commands = machines.IssuedCommands;
        try
        {
            // The constructor may register the handler.
            _ = Instance;
            Payload? result = null;
            ReadOnly(() => result = Answer(job));
            queryAnswers.Add(new(job.Id, result, null));
        }
        catch (Exception e)
        {
            queryAnswers.Add(new(job.Id, null, ToFailure(e)));
        }

        if (machines.IssuedCommands != commands)
        {
            FailTask(new InvalidOperationException($"Query handler for {job.QueryType} created workflow commands"));
        }

        return Task.CompletedTask;
    });

    private Payload Answer(QueryJob job)
    {
        switch (job.QueryType)
        {
            case "__stack_trace":
                return DataConverter.Default.PayloadConverter.ToPayload(DescribeStacks());
            case "__temporal_workflow_metadata":
                return DataConverter.Default.PayloadConverter.ToPayload(DescribeHandlers());
            default:
                var handler = queries.Find(job.QueryType) ?? throw new InvalidOperationException(
                    $"Query handler for {job.QueryType} expected but not found, known queries: [{Known(queries)}]");
                var arguments = DecodeArguments(
                    handler.Signature, job.Arguments, $"Query {job.QueryType}", handler.Dynamic, job.QueryType);
                return PayloadConverter.ToPayload(inbound.HandleQuery(
                    new(job.Id, job.QueryType, handler, arguments, job.Header?.Fields)));
        }
    }

    private void ReadOnly(Action action)
    {
        isReadOnly = true;
        try
        {
            action();
        }
        finally
        {
            isReadOnly = false;
        }
    }

    private static string Known<T>(HandlerTable<T> table)
        where T : class => string.Join(' ', table.Keys.Order(StringComparer.Ordinal));

    private object?[] DecodeArguments(
        MethodInfo method, Payloads? payloads, string what, bool isDynamic, string? dynamicName)
    {
        var given = payloads?.Payloads_ ?? [];
        if (isDynamic)
        {
            IRawValue[] raw = [.. given.Select(payload => new RawValue(payload))];
            return dynamicName == null ? [raw] : [dynamicName, raw];
        }

        var parameters = method.GetParameters();
        var values = new object?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            if (i < given.Count)
            {
                values[i] = Decode(given[i], parameters[i], what);
            }
            else if (parameters[i].HasDefaultValue)
            {
                values[i] = parameters[i].DefaultValue;
            }
            else
            {
                throw new InvalidOperationException(
                    $"{what} given {given.Count} parameter(s), but more than that are required by the signature");
            }
        }

        return values;
    }

    private object? Decode(Payload payload, ParameterInfo parameter, string what)
    {
        try
        {
            return PayloadConverter.ToValue(payload, parameter.ParameterType);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{what} had failure decoding parameter {parameter.Name}", e);
        }
    }

    private void WarnOfUnfinishedHandlers()
    {
        foreach (var handler in runningHandlers.Where(h => h.Policy == HandlerUnfinishedPolicy.WarnAndAbandon))
        {
            Log.HandlerUnfinished(logger, Info.WorkflowId, handler.Kind, handler.Name, handler.UpdateId);
        }
    }

    /// <summary>The answer to one query.</summary>
    internal sealed record QueryAnswer(string Id, Payload? Result, Failure? Failure);

    private sealed record RunningHandler(string Kind, string Name, string? UpdateId, HandlerUnfinishedPolicy Policy);
}
