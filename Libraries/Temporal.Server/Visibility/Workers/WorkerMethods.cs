using Google.Protobuf;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Worker.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Visibility.Workers;

/// <summary>Heartbeats of workers, and what lists and describes them.</summary>
internal static class WorkerMethods
{
    private const int MaxPageSize = 1_000;

    public static void Register(MethodTable methods, TemporalEngine engine)
    {
        const string Service = MethodTable.WorkflowService;
        methods.Map<RecordWorkerHeartbeatRequest, RecordWorkerHeartbeatResponse>(Service, "RecordWorkerHeartbeat", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            foreach (var heartbeat in request.WorkerHeartbeat)
            {
                engine.Workers.Record(request.Namespace, heartbeat);
            }

            return Task.FromResult(new RecordWorkerHeartbeatResponse());
        });
        methods.Map<ListWorkersRequest, ListWorkersResponse>(Service, "ListWorkers", (request, _) => Task.FromResult(List(engine, request)));
        methods.Map<CountWorkersRequest, CountWorkersResponse>(Service, "CountWorkers", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            return Task.FromResult(new CountWorkersResponse
            {
                Count = engine.Workers.List(request.Namespace).Count(WorkerQuery.Parse(request.Query)),
            });
        });
        methods.Map<DescribeWorkerRequest, DescribeWorkerResponse>(Service, "DescribeWorker", (request, _) =>
        {
            engine.Namespaces.Require(request.Namespace);
            var worker = engine.Workers.Find(request.Namespace, request.WorkerInstanceKey)
                ?? throw RpcException.NotFound($"worker not found: {request.WorkerInstanceKey}");
            return Task.FromResult(new DescribeWorkerResponse { WorkerInfo = new WorkerInfo { WorkerHeartbeat = worker } });
        });
    }

    private static ListWorkersResponse List(TemporalEngine engine, ListWorkersRequest request)
    {
        engine.Namespaces.Require(request.Namespace);
        var size = request.PageSize is <= 0 or > MaxPageSize ? MaxPageSize : request.PageSize;
        var after = request.NextPageToken.ToStringUtf8();
        var page = engine.Workers.List(request.Namespace)
            .Where(WorkerQuery.Parse(request.Query))
            .Where(worker => string.CompareOrdinal(worker.WorkerInstanceKey, after) > 0)
            .Take(size + 1)
            .ToList();
        var reply = new ListWorkersResponse();
        foreach (var worker in page.Take(size))
        {
#pragma warning disable CS0612 // clients before 1.30 read the longer form
            reply.WorkersInfo.Add(new WorkerInfo { WorkerHeartbeat = worker });
#pragma warning restore CS0612
            reply.Workers.Add(ListInfo(worker));
        }

        if (page.Count > size)
        {
            reply.NextPageToken = ByteString.CopyFromUtf8(page[size - 1].WorkerInstanceKey);
        }

        return reply;
    }

    private static WorkerListInfo ListInfo(WorkerHeartbeat worker) => new()
    {
        WorkerInstanceKey = worker.WorkerInstanceKey,
        WorkerIdentity = worker.WorkerIdentity,
        TaskQueue = worker.TaskQueue,
        DeploymentVersion = worker.DeploymentVersion,
        SdkName = worker.SdkName,
        SdkVersion = worker.SdkVersion,
        Status = worker.Status,
        StartTime = worker.StartTime,
        HostName = worker.HostInfo?.HostName ?? "",
        WorkerGroupingKey = worker.HostInfo?.WorkerGroupingKey ?? "",
        ProcessId = worker.HostInfo?.ProcessId ?? "",
        Plugins = { worker.Plugins },
        Drivers = { worker.Drivers },
    };
}
