using ImageLibrary.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Api.Health;

/// <summary>Liveness and readiness.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder root)
    {
        var health = root.MapGroup("/health").WithTags("Health").AllowAnonymous();
        health.MapRead("/live", () => TypedResults.Ok(new LiveDto("ok"))).WithName("getLive");
        health.MapRead("/ready", Ready).WithName("getReady")
            .Produces<ReadyDto>(StatusCodes.Status200OK).Produces<ReadyDto>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<JsonHttpResult<ReadyDto>> Ready(
        ILibraryStore store, ITemporalClient client, WorkerHealth worker, TimeProvider time, CancellationToken cancellationToken)
    {
        var engineCheck = CheckAsync(() => EngineAsync(client), time, cancellationToken);
        var storeCheck = CheckAsync(() => StoreAsync(store, cancellationToken), time, cancellationToken);
        var workerCheck = CheckAsync(() => worker.CheckAsync(cancellationToken), time, cancellationToken);
        var ready = new ReadyDto(await engineCheck, await storeCheck with { Name = store.Product }, await workerCheck);
        return TypedResults.Json(ready, statusCode: ready is { Engine.Ok: true, Store.Ok: true, Worker.Ok: true }
            ? StatusCodes.Status200OK
            : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<PartHealthDto> CheckAsync(Func<Task<string?>> check, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var reason = await check().WaitAsync(Deadline, time, cancellationToken);
            return new PartHealthDto(reason is null, reason);
        }
        catch (TimeoutException)
        {
            return new PartHealthDto(false, "It does not answer.");
        }
    }

    private static async Task<string?> EngineAsync(ITemporalClient client)
    {
        try
        {
            return await client.Connection.CheckHealthAsync() ? null : "It is not serving.";
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            return "It cannot be reached.";
        }
    }

    private static async Task<string?> StoreAsync(ILibraryStore store, CancellationToken cancellationToken)
    {
        try
        {
            await store.PingAsync(cancellationToken);
            return null;
        }
        catch (StoreException e)
        {
            return e.Message;
        }
    }
}

/// <summary>The process answers.</summary>
/// <param name="Status">Always <c>ok</c>.</param>
public sealed record LiveDto(string Status);

/// <summary>Whether jobs can run.</summary>
/// <param name="Engine">The workflow engine.</param>
/// <param name="Store">The store.</param>
/// <param name="Worker">The worker.</param>
public sealed record ReadyDto(PartHealthDto Engine, PartHealthDto Store, PartHealthDto Worker);

/// <summary>Health of one part.</summary>
/// <param name="Ok">Whether it works.</param>
/// <param name="Reason">Why not; null when it works.</param>
/// <param name="Name">Which product it is, where there is a choice.</param>
public sealed record PartHealthDto(bool Ok, string? Reason, string? Name = null);
