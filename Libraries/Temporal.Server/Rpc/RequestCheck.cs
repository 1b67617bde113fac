using Google.Protobuf;
using ImageLibrary.Temporal.Server.Execution;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace ImageLibrary.Temporal.Server.Rpc;

/// <summary>What a request must carry. The refusals have the codes and, where clients show them, the words of the official server.</summary>
internal static class RequestCheck
{
    private const int MaximumIdLength = 1000;

    /// <summary>Requires a workflow id, and a run id that can be one, if there is any.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT.</exception>
    public static void Execution(WorkflowExecution? execution)
    {
        if (execution is null)
        {
            throw RpcException.InvalidArgument("Execution is not set on request.");
        }

        WorkflowId(execution.WorkflowId);
        RunId(execution.RunId);
    }

    public static void WorkflowId(string workflowId)
    {
        if (workflowId.Length is 0 or > MaximumIdLength)
        {
            throw RpcException.InvalidArgument(workflowId.Length == 0 ? "WorkflowId is not set on request." : "WorkflowId length exceeds limit.");
        }
    }

    public static void RunId(string runId)
    {
        if (runId.Length > 0 && !Guid.TryParseExact(runId, "D", out _))
        {
            throw RpcException.InvalidArgument("Invalid RunId.");
        }
    }

    public static string Queue(TaskQueue? queue) => queue is { Name.Length: > 0 and <= MaximumIdLength }
        ? queue.Name
        : throw RpcException.InvalidArgument(queue is { Name.Length: > 0 } ? "TaskQueue length exceeds limit." : "TaskQueue is not set on request.");

    /// <summary>Requires a name that is not empty.</summary>
    /// <param name="value">The name.</param>
    /// <param name="field">Where it stands in the request.</param>
    public static void Name(string? value, string field)
    {
        if (value is not { Length: > 0 and <= MaximumIdLength })
        {
            throw RpcException.InvalidArgument(string.IsNullOrEmpty(value) ? $"{field} is not set on request." : $"{field} length exceeds limit.");
        }
    }

    public static void Size(params ReadOnlySpan<IMessage?> payloads)
    {
        foreach (var payload in payloads)
        {
            if (payload?.CalculateSize() > SystemMethods.BlobSizeLimit)
            {
                throw RpcException.InvalidArgument("Blob data size exceeds limit.");
            }
        }
    }

    /// <summary>Requires durations that are not negative, and cuts those that are too long.</summary>
    public static void Durations(params ReadOnlySpan<(string Field, Duration? Value)> durations)
    {
        foreach (var (field, value) in durations)
        {
            if (value is { Seconds: < 0 } or { Nanos: < 0 })
            {
                throw RpcException.InvalidArgument($"Invalid {field}: out of range.");
            }

            DurationLimit.Cut(value);
        }
    }

    public static void Retry(RetryPolicy? policy)
    {
        if (policy is null)
        {
            return;
        }

        Durations(("InitialInterval", policy.InitialInterval), ("MaximumInterval", policy.MaximumInterval));
        if (policy.BackoffCoefficient != 0 && policy.BackoffCoefficient < 1)
        {
            throw RpcException.InvalidArgument("BackoffCoefficient cannot be less than 1 on retry policy.");
        }

        if (policy.MaximumAttempts < 0)
        {
            throw RpcException.InvalidArgument("MaximumAttempts cannot be negative on retry policy.");
        }

        if (policy is { MaximumInterval: { } maximum, InitialInterval: { } initial } && maximum.ToTimeSpan() > TimeSpan.Zero && maximum.ToTimeSpan() < initial.ToTimeSpan())
        {
            throw RpcException.InvalidArgument("MaximumInterval cannot be less than InitialInterval on retry policy.");
        }
    }

    /// <summary>Refuses policies that contradict each other.</summary>
    public static void Policies(WorkflowIdReusePolicy reuse, WorkflowIdConflictPolicy conflict)
    {
        if (reuse == WorkflowEngine.TerminateIfRunning && conflict != WorkflowIdConflictPolicy.Unspecified)
        {
            throw RpcException.InvalidArgument("Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy.");
        }

        if (reuse == WorkflowIdReusePolicy.RejectDuplicate && conflict == WorkflowIdConflictPolicy.TerminateExisting)
        {
            throw RpcException.InvalidArgument("Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE cannot be used together with WorkflowIdConflictPolicy WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING");
        }
    }
}
