using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Matching;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Visibility;

/// <summary>Who polls a task queue. A queue has one partition and no versions.</summary>
internal static class TaskQueueMethods
{
    public static void Register(MethodTable methods, TemporalEngine engine)
    {
        methods.Map<DescribeTaskQueueRequest, DescribeTaskQueueResponse>(MethodTable.WorkflowService, "DescribeTaskQueue", (request, _) =>
            engine.Shard.ExecuteAsync(_ => Describe(engine, request)));
        methods.Map<ListTaskQueuePartitionsRequest, ListTaskQueuePartitionsResponse>(
            MethodTable.WorkflowService, "ListTaskQueuePartitions", (request, _) =>
        {
            var name = RequireName(engine, request.Namespace, request.TaskQueue);
            var partition = new TaskQueuePartitionMetadata { Key = name, OwnerHostName = "localhost" };
            return Task.FromResult(new ListTaskQueuePartitionsResponse
            {
                WorkflowTaskQueuePartitions = { partition },
                ActivityTaskQueuePartitions = { partition },
            });
        });
    }

    private static DescribeTaskQueueResponse Describe(TemporalEngine engine, DescribeTaskQueueRequest request)
    {
        var name = RequireName(engine, request.Namespace, request.TaskQueue);
        var reply = new DescribeTaskQueueResponse();
#pragma warning disable CS0612 // the official command line still asks in the older, enhanced mode
        if (request.ApiMode == DescribeTaskQueueMode.Enhanced)
        {
            IEnumerable<TaskQueueType> types = request.TaskQueueTypes.Count > 0
                ? request.TaskQueueTypes : [TaskQueueType.Workflow, TaskQueueType.Activity];
            var unversioned = new TaskQueueVersionInfo { TaskReachability = BuildIdTaskReachability.Unspecified };
            foreach (var type in types)
            {
                var info = new TaskQueueTypeInfo();
                if (request.ReportPollers)
                {
                    info.Pollers.AddRange(Pollers(engine, request.Namespace, name, type));
                }

                if (request.ReportStats)
                {
                    info.Stats = Stats(engine, request.Namespace, name, type);
                }

                unversioned.TypesInfo[(int)type] = info;
            }

            reply.VersionsInfo[""] = unversioned;
            return reply;
        }
#pragma warning restore CS0612

        var queried = request.TaskQueueType == TaskQueueType.Unspecified ? TaskQueueType.Workflow : request.TaskQueueType;
        reply.Pollers.AddRange(Pollers(engine, request.Namespace, name, queried));
        reply.Stats = request.ReportStats ? Stats(engine, request.Namespace, name, queried) : null;
        return reply;
    }

    private static string RequireName(TemporalEngine engine, string namespaceName, TaskQueue? queue)
    {
        engine.Namespaces.Require(namespaceName);
        return queue is { Name.Length: > 0 } ? queue.Name : throw RpcException.InvalidArgument("TaskQueue is not set on request.");
    }

    private static IEnumerable<PollerInfo> Pollers(TemporalEngine engine, string namespaceName, string name, TaskQueueType type) =>
        engine.Pollers.List(new TaskQueueKey(namespaceName, name, type)).Select(poller => new PollerInfo
        {
            Identity = poller.Identity,
            LastAccessTime = Timestamp.FromDateTimeOffset(poller.LastAccess),
            RatePerSecond = UnlimitedRate,
        });

    /// <summary>What the official server reports for a worker without a rate limit.</summary>
    private const double UnlimitedRate = 100_000;

    private static TaskQueueStats Stats(TemporalEngine engine, string namespaceName, string name, TaskQueueType type) => type switch
    {
        TaskQueueType.Workflow => engine.Workflows.WorkflowQueues.Stats(namespaceName, name),
        TaskQueueType.Activity => engine.Workflows.ActivityQueues.Stats(namespaceName, name),
        _ => new TaskQueueStats { ApproximateBacklogAge = new Duration() },
    };
}
