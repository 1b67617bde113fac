using System.Globalization;
using Google.Protobuf;
using ImageLibrary.Temporal.Server.Execution;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Rpc;

/// <summary>Reading histories: in pages, backwards, and waiting for what comes.</summary>
internal static class HistoryMethods
{
    private const int MaximumPage = 1000;
    private static readonly TimeSpan NewEventWait = TimeSpan.FromSeconds(20);

    public static void Register(MethodTable methods, TemporalEngine engine)
    {
        const string Service = MethodTable.WorkflowService;
        methods.Map<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>(Service, "GetWorkflowExecutionHistory", (request, call) => GetAsync(engine, request, call));
        methods.Map<GetWorkflowExecutionHistoryReverseRequest, GetWorkflowExecutionHistoryReverseResponse>(
            Service, "GetWorkflowExecutionHistoryReverse", (request, _) => GetReverseAsync(engine, request));
    }

    private static async Task<GetWorkflowExecutionHistoryResponse> GetAsync(TemporalEngine engine, GetWorkflowExecutionHistoryRequest request, RpcCall call)
    {
        engine.Namespaces.Require(request.Namespace);
        RequestCheck.Execution(request.Execution);
        var position = Position.Parse(request.NextPageToken) ?? new Position(request.Execution.RunId, 1);
        var closeOnly = request.HistoryEventFilterType == HistoryEventFilterType.CloseEvent;
        var view = await ViewAsync(engine, request.Namespace, request.Execution.WorkflowId, position).ConfigureAwait(false);
        if (request.WaitNewEvent && view.IsOpen && (closeOnly || position.Next > view.Last))
        {
            view = await WaitAsync(engine, request, position with { RunId = view.RunId }, closeOnly, call).ConfigureAwait(false);
        }

        if (closeOnly)
        {
            var end = view.IsOpen ? [] : view.Reader.Events(engine.Store).TakeLast(1);
            return Reply(end, view.IsOpen && request.WaitNewEvent ? new Position(view.RunId, 1) : null);
        }

        var size = request.MaximumPageSize is > 0 and < MaximumPage ? request.MaximumPageSize : MaximumPage;
        var events = view.Reader.Events(engine.Store).Take(size).ToList();
        var next = position.Next + events.Count;
        if (next <= view.Last || (request.WaitNewEvent && view.IsOpen))
        {
            return Reply(events, new Position(view.RunId, next));
        }

        // A worker that replays needs the attempt that stands in no history; people need not see it.
        return Reply(call.ClientName is "temporal-cli" or "temporal-ui" ? events : [.. events, .. view.Unwritten], null);
    }

    private static async Task<View> WaitAsync(
        TemporalEngine engine, GetWorkflowExecutionHistoryRequest request, Position position, bool closeOnly, RpcCall call)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted);
        limit.CancelAfter(NewEventWait);
        while (true)
        {
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Notify() => changed.TrySetResult();
            var view = await engine.Shard.ExecuteAsync(_ =>
            {
                var run = engine.Workflows.Runs.Require(request.Namespace, request.Execution.WorkflowId, position.RunId);
                if (run.IsOpen)
                {
                    run.WaitForEvents(Notify);
                }

                return View.Of(run, position.Next);
            }).ConfigureAwait(false);
            if (!view.IsOpen || (!closeOnly && view.Last >= position.Next))
            {
                return view;
            }

            try
            {
                await changed.Task.WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!call.Aborted.IsCancellationRequested)
            {
                return view;
            }
            finally
            {
                engine.Shard.Post(() => engine.Workflows.Runs.Find(request.Namespace, request.Execution.WorkflowId, position.RunId)?.StopWaiting(Notify));
            }
        }
    }

    private static async Task<GetWorkflowExecutionHistoryReverseResponse> GetReverseAsync(TemporalEngine engine, GetWorkflowExecutionHistoryReverseRequest request)
    {
        engine.Namespaces.Require(request.Namespace);
        RequestCheck.Execution(request.Execution);
        var position = Position.Parse(request.NextPageToken);
        var view = await ViewAsync(engine, request.Namespace, request.Execution.WorkflowId, new Position(position?.RunId ?? request.Execution.RunId, 1)).ConfigureAwait(false);
        var last = position?.Next ?? view.Last;
        var size = request.MaximumPageSize is > 0 and < MaximumPage ? request.MaximumPageSize : MaximumPage;
        var first = Math.Max(1, last - size + 1);
        var events = (view.Reader with { From = first, Through = last }).Events(engine.Store).Reverse();
        return new GetWorkflowExecutionHistoryReverseResponse
        {
            History = new History { Events = { events } },
            NextPageToken = first > 1 ? new Position(view.RunId, first - 1).ToByteString() : ByteString.Empty,
        };
    }

    private static Task<View> ViewAsync(TemporalEngine engine, string namespaceName, string workflowId, Position position) =>
        engine.Shard.ExecuteAsync(_ => View.Of(engine.Workflows.Runs.Require(namespaceName, workflowId, position.RunId), position.Next));

    private static GetWorkflowExecutionHistoryResponse Reply(IEnumerable<HistoryEvent> events, Position? next) => new()
    {
        History = new History { Events = { events } },
        NextPageToken = next?.ToByteString() ?? ByteString.Empty,
    };

    /// <summary>Where a page starts.</summary>
    private sealed record Position(string RunId, long Next)
    {
        public ByteString ToByteString() => ByteString.CopyFromUtf8(string.Create(CultureInfo.InvariantCulture, $"{RunId}:{Next}"));

        public static Position? Parse(ByteString token)
        {
            if (token.IsEmpty)
            {
                return null;
            }

            return token.ToStringUtf8().Split(':') is [var run, var text] && long.TryParse(text, CultureInfo.InvariantCulture, out var next)
                ? new Position(run, next)
                : throw RpcException.InvalidArgument("Invalid NextPageToken.");
        }
    }

    /// <summary>A run as it was when it was looked at.</summary>
    private sealed record View(string RunId, bool IsOpen, long Last, HistoryReader Reader, IReadOnlyList<HistoryEvent> Unwritten)
    {
        public static View Of(WorkflowRun run, long from) => new(
            run.RunId,
            run.IsOpen,
            run.NextEventId - 1,
            HistoryReader.Of(run, from),
            run.Task is { Kind: not WorkflowTaskKind.Normal, IsStarted: true } task ? WorkflowEngine.UnwrittenEvents(run, task) : []);
    }
}
