using ImageLibrary.Temporal.Server.Visibility.Query;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Worker.V1;

namespace ImageLibrary.Temporal.Server.Visibility.Workers;

/// <summary>A query over workers: the language of workflow lists, other fields.</summary>
internal static class WorkerQuery
{
    private static readonly Dictionary<string, (IndexedValueType Type, Func<WorkerHeartbeat, object?> Value)> Fields = new(StringComparer.Ordinal)
    {
        ["WorkerInstanceKey"] = Text(worker => worker.WorkerInstanceKey),
        ["WorkerIdentity"] = Text(worker => worker.WorkerIdentity),
        ["HostName"] = Text(worker => worker.HostInfo?.HostName),
        ["TaskQueue"] = Text(worker => worker.TaskQueue),
        ["DeploymentName"] = Text(worker => worker.DeploymentVersion?.DeploymentName),
        ["BuildId"] = Text(worker => worker.DeploymentVersion?.BuildId),
        ["SdkName"] = Text(worker => worker.SdkName),
        ["SdkVersion"] = Text(worker => worker.SdkVersion),
        ["WorkerStatus"] = Text(worker => worker.Status.ToString()),
        ["Status"] = Text(worker => worker.Status.ToString()),
        ["StartTime"] = Time(worker => worker.StartTime),
        ["LastHeartbeatTime"] = Time(worker => worker.HeartbeatTime),
    };

    /// <summary>A test for the workers that a query admits.</summary>
    /// <exception cref="RpcException">The query is wrong (INVALID_ARGUMENT).</exception>
    public static Func<WorkerHeartbeat, bool> Parse(string query)
    {
        try
        {
            var parsed = QueryParser.Parse(query);
            if (parsed.Filter is null)
            {
                return _ => true;
            }

            var condition = new ConditionBinder(Resolve).Bind(parsed.Filter);
            return worker => ConditionEvaluator.Holds(condition, field => Fields[field.Name].Value(worker));
        }
        catch (VisibilityQueryException failure)
        {
            throw RpcException.InvalidArgument(failure.Message);
        }
    }

    private static VisibilityField Resolve(QueryName name) => Fields.TryGetValue(name.Name, out var field)
        ? new VisibilityField(name.Name, field.Type, Column: null)
        : throw new VisibilityQueryException($"invalid field: {name.Name}", name.Position);

    private static (IndexedValueType, Func<WorkerHeartbeat, object?>) Text(Func<WorkerHeartbeat, string?> value) =>
        (IndexedValueType.Keyword, worker => value(worker) is { Length: > 0 } text ? text : null);

    private static (IndexedValueType, Func<WorkerHeartbeat, object?>) Time(Func<WorkerHeartbeat, Google.Protobuf.WellKnownTypes.Timestamp?> value) =>
        (IndexedValueType.Datetime, worker => value(worker) is { } time ? Timestamps.ToNanoseconds(time.ToDateTimeOffset()) : null);
}
