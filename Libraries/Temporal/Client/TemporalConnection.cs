using System.Reflection;
using Google.Protobuf;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;
using Temporalio.Grpc;

namespace Temporalio.Client;

/// <summary>A connection to a Temporal server. Meant to live as long as the process.</summary>
public sealed class TemporalConnection : ITemporalConnection
{
    private readonly GrpcChannel channel;
    private readonly Lock gate = new();
    private Task<GetSystemInfoResponse>? connecting;
    private volatile GetSystemInfoResponse? systemInfo;

    private TemporalConnection(TemporalConnectionOptions options)
    {
        options.Validate();
        Options = (TemporalConnectionOptions)options.Clone();
        Options.Identity ??= $"{Environment.ProcessId}@{Environment.MachineName}";
        RpcMetadata = Options.RpcMetadata ?? [];
        RpcBinaryMetadata = Options.RpcBinaryMetadata ?? [];
        ApiKey = Options.ApiKey;
        channel = new(Options);
        WorkflowService = new WorkflowService.Core(this);
        OperatorService = new OperatorService.Core(this);
    }

    /// <inheritdoc />
    public IReadOnlyCollection<KeyValuePair<string, string>> RpcMetadata { get; set; }

    /// <inheritdoc />
    public IReadOnlyCollection<KeyValuePair<string, byte[]>> RpcBinaryMetadata { get; set; }

    /// <inheritdoc />
    public string? ApiKey { get; set; }

    /// <inheritdoc />
    public WorkflowService WorkflowService { get; }

    /// <inheritdoc />
    public OperatorService OperatorService { get; }

    /// <inheritdoc />
    public TemporalConnectionOptions Options { get; }

    /// <inheritdoc />
    public bool IsConnected => systemInfo != null;

    /// <summary>Name and version under which the server sees this SDK.</summary>
    internal static (string Name, string Version) ClientIdentity { get; } = (
        "temporal-dotnet-managed",
        typeof(TemporalConnection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]);

    /// <summary>What the server said about itself when it was first connected to, null before.</summary>
    internal GetSystemInfoResponse? SystemInfo => systemInfo;

    /// <summary>Connects to a server.</summary>
    /// <param name="options">Options of the connection.</param>
    /// <returns>The connection, once the server has answered.</returns>
    /// <exception cref="InvalidOperationException">The server cannot be reached.</exception>
    public static async Task<TemporalConnection> ConnectAsync(TemporalConnectionOptions options)
    {
        var connection = new TemporalConnection(options);
        await connection.ConnectAsync().ConfigureAwait(false);
        return connection;
    }

    /// <summary>Creates a connection that is made on first use. Workers cannot use it before.</summary>
    /// <param name="options">Options of the connection.</param>
    /// <returns>The connection.</returns>
    public static TemporalConnection CreateLazy(TemporalConnectionOptions options) => new(options);

    /// <inheritdoc />
    public async Task<bool> CheckHealthAsync(RpcService? service = null, RpcOptions? options = null)
    {
        await EnsureConnectedAsync(options?.CancellationToken ?? default).ConfigureAwait(false);
        return await channel.CheckHealthAsync((service ?? WorkflowService).FullName, Call(options)).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task ConnectAsync() => await EnsureConnectedAsync(default).ConfigureAwait(false);

    /// <summary>Makes a raw call, connecting first when necessary.</summary>
    internal async Task<T> InvokeRpcAsync<T>(RpcService service, string rpc, IMessage request, MessageParser<T> parser, RpcOptions? options)
        where T : IMessage<T>
    {
        if (systemInfo == null)
        {
            await EnsureConnectedAsync(options?.CancellationToken ?? default).ConfigureAwait(false);
        }
        return await channel.CallAsync(GrpcMethod.Get(service.FullName, rpc), request, parser, Call(options)).ConfigureAwait(false);
    }

    private GrpcCallContext Call(RpcOptions? options) => new(options, RpcMetadata, RpcBinaryMetadata, ApiKey);

    private async ValueTask EnsureConnectedAsync(CancellationToken cancellationToken)
    {
        if (systemInfo != null)
        {
            return;
        }
        Task<GetSystemInfoResponse> attempt;
        lock (gate)
        {
            // Callers share an attempt; a failed one is not kept.
            if (connecting is null or { IsFaulted: true })
            {
                connecting = GetSystemInfoAsync();
            }
            attempt = connecting;
        }
        systemInfo = await attempt.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<GetSystemInfoResponse> GetSystemInfoAsync()
    {
        try
        {
            return await channel.CallAsync(
                GrpcMethod.Get(WorkflowService.FullName, "GetSystemInfo"),
                new GetSystemInfoRequest(),
                GetSystemInfoResponse.Parser,
                Call(new() { Retry = true })).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.Unimplemented)
        {
            return new();
        }
        catch (RpcException e)
        {
            throw new InvalidOperationException($"Connection to {Options.TargetHost} failed: {e.Message}", e);
        }
    }
}
