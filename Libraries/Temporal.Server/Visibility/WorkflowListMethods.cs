using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Visibility.Attributes;
using ImageLibrary.Temporal.Server.Visibility.Query;
using ImageLibrary.Temporal.Server.Visibility.Store;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Filter.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Visibility;

/// <summary>Lists and counts of workflow executions.</summary>
internal static class WorkflowListMethods
{
    /// <summary>The page size when none, or a larger one, is asked for; the official server's.</summary>
    private const int MaxPageSize = 1_000;

    public static void Register(MethodTable methods, TemporalEngine engine)
    {
        const string Service = MethodTable.WorkflowService;
        methods.Map<ListWorkflowExecutionsRequest, ListWorkflowExecutionsResponse>(Service, "ListWorkflowExecutions", (request, _) =>
        {
            var (executions, token) = List(engine, request.Namespace, request.Query, request.PageSize, request.NextPageToken);
            return Task.FromResult(new ListWorkflowExecutionsResponse { Executions = { executions }, NextPageToken = token });
        });
        methods.Map<ScanWorkflowExecutionsRequest, ScanWorkflowExecutionsResponse>(Service, "ScanWorkflowExecutions", (request, _) =>
        {
            var (executions, token) = List(engine, request.Namespace, request.Query, request.PageSize, request.NextPageToken);
            return Task.FromResult(new ScanWorkflowExecutionsResponse { Executions = { executions }, NextPageToken = token });
        });
        methods.Map<ListOpenWorkflowExecutionsRequest, ListOpenWorkflowExecutionsResponse>(Service, "ListOpenWorkflowExecutions", (request, _) =>
        {
            var query = "CloseTime IS NULL" + Filter(request.ExecutionFilter, request.TypeFilter, "StartTime", request.StartTimeFilter);
            var (executions, token) = List(engine, request.Namespace, query, request.MaximumPageSize, request.NextPageToken);
            return Task.FromResult(new ListOpenWorkflowExecutionsResponse { Executions = { executions }, NextPageToken = token });
        });
        methods.Map<ListClosedWorkflowExecutionsRequest, ListClosedWorkflowExecutionsResponse>(Service, "ListClosedWorkflowExecutions", (request, _) =>
        {
            var query = "CloseTime IS NOT NULL" + Filter(request.ExecutionFilter, request.TypeFilter, "CloseTime", request.StartTimeFilter);
            if (request.StatusFilter is { } status)
            {
                query += string.Create(CultureInfo.InvariantCulture, $" AND ExecutionStatus = {(int)status.Status}");
            }

            var (executions, token) = List(engine, request.Namespace, query, request.MaximumPageSize, request.NextPageToken);
            return Task.FromResult(new ListClosedWorkflowExecutionsResponse { Executions = { executions }, NextPageToken = token });
        });
        methods.Map<ListArchivedWorkflowExecutionsRequest, ListArchivedWorkflowExecutionsResponse>(Service, "ListArchivedWorkflowExecutions", (_, _) =>
            throw RpcException.InvalidArgument("Namespace is not configured for visibility archival."));
        methods.Map<CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse>(Service, "CountWorkflowExecutions", (request, _) =>
            Task.FromResult(Count(engine, request)));
    }

    private static (IEnumerable<WorkflowExecutionInfo> Executions, ByteString NextPageToken) List(
        TemporalEngine engine, string namespaceName, string query, int pageSize, ByteString pageToken)
    {
        var namespaceId = engine.Namespaces.Require(namespaceName).NamespaceInfo.Id;
        var definitions = engine.Visibility.Definitions(namespaceName);
        var size = pageSize is <= 0 or > MaxPageSize ? MaxPageSize : pageSize;
        var page = engine.Visibility.List(namespaceName, query, size, pageToken.Memory);
        return (page.Rows.Select(row => Info(row, namespaceId, definitions)),
            page.NextPageToken is { } token ? UnsafeByteOperations.UnsafeWrap(token) : ByteString.Empty);
    }

    private static CountWorkflowExecutionsResponse Count(TemporalEngine engine, CountWorkflowExecutionsRequest request)
    {
        engine.Namespaces.Require(request.Namespace);
        var count = engine.Visibility.Count(request.Namespace, request.Query);
        var reply = new CountWorkflowExecutionsResponse { Count = count.Groups.Sum(group => group.Count) };
        if (count.Fields.Count > 0)
        {
            reply.Groups.AddRange(count.Groups.Select(group => new CountWorkflowExecutionsResponse.Types.AggregationGroup
            {
                Count = group.Count,
                GroupValues = { group.Values.Select((value, i) => GroupValue(count.Fields[i], value)) },
            }));
        }

        return reply;
    }

    private static Payload GroupValue(VisibilityField field, object? value) => SearchAttributeCodec.Encode(
        field.Type, field.IsStatus && value is long status ? QueryValues.StatusName((WorkflowExecutionStatus)status) : value);

    /// <summary>The filters of the older list calls, in the words of the query language.</summary>
    private static string Filter(WorkflowExecutionFilter? execution, WorkflowTypeFilter? type, string timeField, StartTimeFilter? time)
    {
        var query = "";
        if (execution is { WorkflowId.Length: > 0 })
        {
            query += $" AND WorkflowId = {Quote(execution.WorkflowId)}";
        }

        if (execution is { RunId.Length: > 0 })
        {
            query += $" AND RunId = {Quote(execution.RunId)}";
        }

        if (type is { Name.Length: > 0 })
        {
            query += $" AND WorkflowType = {Quote(type.Name)}";
        }

        if (time?.EarliestTime is { } earliest)
        {
            query += $" AND {timeField} >= {Nanoseconds(earliest)}";
        }

        return time?.LatestTime is { } latest ? query + $" AND {timeField} <= {Nanoseconds(latest)}" : query;
    }

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    // Clients in Go send times far outside of what 64 bits of nanoseconds hold when they mean "no limit".
    private static string Nanoseconds(Timestamp time)
    {
        const long MaxSeconds = long.MaxValue / 1_000_000_000 - 1;
        return (Math.Clamp(time.Seconds, -MaxSeconds, MaxSeconds) * 1_000_000_000 + time.Nanos).ToString(CultureInfo.InvariantCulture);
    }

    private static WorkflowExecutionInfo Info(VisibilityRecord row, string namespaceId, SearchAttributeDefinitions definitions)
    {
        var info = new WorkflowExecutionInfo
        {
            Execution = new WorkflowExecution { WorkflowId = row.WorkflowId, RunId = row.RunId },
            Type = new WorkflowType { Name = row.WorkflowType },
            StartTime = Timestamp.FromDateTimeOffset(row.StartTime),
            ExecutionTime = Timestamp.FromDateTimeOffset(row.ExecutionTime),
            Status = row.Status,
            TaskQueue = row.TaskQueue,
            HistoryLength = row.HistoryLength,
            HistorySizeBytes = row.HistorySizeBytes,
            StateTransitionCount = row.StateTransitionCount,
            Memo = row.Memo ?? new Memo(),
            SearchAttributes = definitions.WithTypes(row.SearchAttributes ?? new SearchAttributes()),
            RootExecution = new WorkflowExecution { WorkflowId = row.RootWorkflowId, RunId = row.RootRunId },
            FirstRunId = row.FirstRunId,
        };
        if (row.CloseTime is { } close)
        {
            info.CloseTime = Timestamp.FromDateTimeOffset(close);
            info.ExecutionDuration = Duration.FromTimeSpan(close - row.ExecutionTime);
        }

        if (row.ParentWorkflowId.Length > 0)
        {
            info.ParentNamespaceId = namespaceId;
            info.ParentExecution = new WorkflowExecution { WorkflowId = row.ParentWorkflowId, RunId = row.ParentRunId };
        }

        return info;
    }
}
