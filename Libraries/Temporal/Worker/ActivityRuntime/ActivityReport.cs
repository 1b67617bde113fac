using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Worker.ActivityRuntime;

/// <summary>Tells the server how an activity's attempt ended.</summary>
/// <param name="worker">The worker.</param>
/// <param name="token">Token of the attempt.</param>
internal sealed class ActivityReport(WorkerContext worker, ByteString token)
{
    // A server that restarts must not cost the work that is done.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public Task CompletedAsync(Payload result) => SendAsync(options => worker.Service.RespondActivityTaskCompletedAsync(
        new() { Namespace = worker.Namespace, Identity = worker.Identity, TaskToken = token, Result = new() { Payloads_ = { result } } },
        options));

    public Task FailedAsync(Failure failure, Payloads? lastHeartbeat) => SendAsync(options => worker.Service.RespondActivityTaskFailedAsync(
        new() { Namespace = worker.Namespace, Identity = worker.Identity, TaskToken = token, Failure = failure, LastHeartbeatDetails = lastHeartbeat },
        options));

    public Task CanceledAsync(Payloads? details) => SendAsync(options => worker.Service.RespondActivityTaskCanceledAsync(
        new() { Namespace = worker.Namespace, Identity = worker.Identity, TaskToken = token, Details = details },
        options));

    private static async Task SendAsync(Func<RpcOptions, Task> send)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await send(new() { Retry = true }).ConfigureAwait(false);
                return;
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.Unavailable && TimeProvider.System.GetElapsedTime(start) < Patience)
            {
                // The retries of the call itself have taken their pauses.
            }
        }
    }
}
