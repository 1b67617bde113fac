using Google.Protobuf.WellKnownTypes;
using Grpc.Health.V1;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Namespace.V1;
using Temporalio.Api.Version.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Rpc;

/// <summary>What the server says of itself, its namespaces, and its health.</summary>
internal static class SystemMethods
{
    /// <summary>The release of the official server whose behaviour this one follows; the Web UI decides by it what to show.</summary>
    public const string ServerVersion = "1.32.0";

    /// <summary>The official limit for one payload, and for a memo.</summary>
    public const int BlobSizeLimit = 2 * 1024 * 1024;

    public static void Register(MethodTable methods, TemporalEngine engine)
    {
        const string Service = MethodTable.WorkflowService;
        methods.Map<HealthCheckRequest, HealthCheckResponse>(MethodTable.HealthService, "Check", (_, _) =>
            Task.FromResult(new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.Serving }));
        methods.Map<GetSystemInfoRequest, GetSystemInfoResponse>(Service, "GetSystemInfo", (_, _) => Task.FromResult(SystemInfo()));
        methods.Map<GetClusterInfoRequest, GetClusterInfoResponse>(Service, "GetClusterInfo", (_, _) => Task.FromResult(ClusterInfo()));
        methods.Map<DescribeNamespaceRequest, DescribeNamespaceResponse>(Service, "DescribeNamespace", (request, _) =>
            Task.FromResult(Describe(engine.Namespaces.Find(request.Namespace, request.Id)
                ?? throw RpcException.NamespaceNotFound(request.Namespace.Length > 0 ? request.Namespace : request.Id))));
        methods.Map<ListNamespacesRequest, ListNamespacesResponse>(Service, "ListNamespaces", (_, _) =>
            Task.FromResult(new ListNamespacesResponse { Namespaces = { engine.Namespaces.All.Select(Describe) } }));
        methods.Map<RegisterNamespaceRequest, RegisterNamespaceResponse>(Service, "RegisterNamespace", (request, _) => RegisterAsync(engine, request));
        methods.Map<UpdateNamespaceRequest, UpdateNamespaceResponse>(Service, "UpdateNamespace", (request, _) => UpdateAsync(engine, request));
    }

    private static GetSystemInfoResponse SystemInfo() => new()
    {
        ServerVersion = ServerVersion,
        Capabilities = new()
        {
            SignalAndQueryHeader = true,
            InternalErrorDifferentiation = true,
            ActivityFailureIncludeHeartbeat = true,
            EncodedFailureAttributes = true,
            UpsertMemo = true,
            EagerWorkflowStart = true,
            SdkMetadata = true,
            CountGroupByExecutionStatus = true,
        },
    };

    private static GetClusterInfoResponse ClusterInfo() => new()
    {
        ServerVersion = ServerVersion,
        ClusterId = "image-library",
        ClusterName = "active",
        HistoryShardCount = 1,
        PersistenceStore = "sqlite",
        VisibilityStore = "sqlite",
        InitialFailoverVersion = 1,
        FailoverVersionIncrement = 10,
        VersionInfo = new VersionInfo { Current = new ReleaseInfo { Version = ServerVersion } },
        SupportedClients =
        {
            ["temporal-cli"] = "<2.0.0",
            ["temporal-dotnet"] = "<2.0.0",
            ["temporal-go"] = "<2.0.0",
            ["temporal-java"] = "<2.0.0",
            ["temporal-python"] = "<2.0.0",
            ["temporal-typescript"] = "<2.0.0",
            ["temporal-ui"] = "<3.0.0",
        },
    };

    private static DescribeNamespaceResponse Describe(DescribeNamespaceResponse stored)
    {
        var reply = stored.Clone();
        reply.NamespaceInfo.Capabilities = new NamespaceInfo.Types.Capabilities
        {
            EagerWorkflowStart = true,
            SyncUpdate = true,
            AsyncUpdate = true,
            WorkerHeartbeats = true,
            WorkerPollCompleteOnShutdown = true,
        };
        reply.NamespaceInfo.Limits = new NamespaceInfo.Types.Limits { BlobSizeLimitError = BlobSizeLimit, MemoSizeLimitError = BlobSizeLimit };
        return reply;
    }

    private static async Task<RegisterNamespaceResponse> RegisterAsync(TemporalEngine engine, RegisterNamespaceRequest request)
    {
        if (request.Namespace.Length is 0 or > 1000)
        {
            throw RpcException.InvalidArgument("Namespace not set on request, or longer than 1000 characters.");
        }

        var info = new NamespaceInfo { Name = request.Namespace, Description = request.Description, OwnerEmail = request.OwnerEmail, Data = { request.Data } };
        var retention = request.WorkflowExecutionRetentionPeriod?.ToTimeSpan() ?? TimeSpan.Zero;
        if (retention != TimeSpan.Zero && retention < TimeSpan.FromHours(1))
        {
            throw RpcException.InvalidArgument("Invalid retention period: at least one hour.");
        }

        await engine.Namespaces.AddAsync(info, retention == TimeSpan.Zero ? engine.Options.Retention : retention).ConfigureAwait(false);
        return new RegisterNamespaceResponse();
    }

    private static async Task<UpdateNamespaceResponse> UpdateAsync(TemporalEngine engine, UpdateNamespaceRequest request)
    {
        var entry = engine.Namespaces.Require(request.Namespace).Clone();
        if (request.UpdateInfo is { } update)
        {
            entry.NamespaceInfo.Description = update.Description.Length > 0 ? update.Description : entry.NamespaceInfo.Description;
            entry.NamespaceInfo.OwnerEmail = update.OwnerEmail.Length > 0 ? update.OwnerEmail : entry.NamespaceInfo.OwnerEmail;
            foreach (var (key, value) in update.Data)
            {
                entry.NamespaceInfo.Data[key] = value;
            }
        }

        if (request.Config?.WorkflowExecutionRetentionTtl?.ToTimeSpan() is { } retention)
        {
            if (retention < TimeSpan.FromHours(1))
            {
                throw RpcException.InvalidArgument("Invalid retention period: at least one hour.");
            }

            entry.Config.WorkflowExecutionRetentionTtl = Duration.FromTimeSpan(retention);
        }

        await engine.Namespaces.UpdateAsync(entry).ConfigureAwait(false);
        var described = Describe(entry);
        return new UpdateNamespaceResponse { NamespaceInfo = described.NamespaceInfo, Config = described.Config, ReplicationConfig = described.ReplicationConfig };
    }
}
