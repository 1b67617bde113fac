using Temporalio.Worker;

namespace Temporalio.Client;

/// <summary>A client of a namespace.</summary>
public partial interface ITemporalClient : IWorkerClient
{
    /// <summary>The connection.</summary>
    ITemporalConnection Connection { get; }

    /// <summary>The raw calls of the main service.</summary>
    WorkflowService WorkflowService { get; }

    /// <summary>The raw calls for operators.</summary>
    OperatorService OperatorService { get; }
}
