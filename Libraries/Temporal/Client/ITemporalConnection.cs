namespace Temporalio.Client;

/// <summary>A connection to a Temporal server, shared by clients and workers.</summary>
public interface ITemporalConnection
{
    /// <summary>Headers of all calls; may be replaced at any time.</summary>
    IReadOnlyCollection<KeyValuePair<string, string>> RpcMetadata { get; set; }

    /// <summary>Binary headers of all calls; may be replaced at any time.</summary>
    IReadOnlyCollection<KeyValuePair<string, byte[]>> RpcBinaryMetadata { get; set; }

    /// <summary>Key sent as bearer token; may be replaced at any time.</summary>
    string? ApiKey { get; set; }

    /// <summary>The raw calls of the main service.</summary>
    WorkflowService WorkflowService { get; }

    /// <summary>The raw calls for operators.</summary>
    OperatorService OperatorService { get; }

    /// <summary>Options of the connection.</summary>
    TemporalConnectionOptions Options { get; }

    /// <summary>Whether the server has answered: always, unless the connection is lazy and was not used yet.</summary>
    bool IsConnected { get; }

    /// <summary>Asks whether a service is healthy.</summary>
    /// <param name="service">The service, null for the main one.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>True when it serves.</returns>
    Task<bool> CheckHealthAsync(RpcService? service = null, RpcOptions? options = null);

    /// <summary>Connects a lazy connection that has not connected yet.</summary>
    /// <returns>Completes when the server has answered.</returns>
    Task ConnectAsync();
}
