using System.Text.Json;
using ImageLibrary.Api.Json;
using ImageLibrary.Api.Problems;
using ImageLibrary.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace ImageLibrary.Api.Jobs;

/// <summary>
/// Server-sent events of jobs. A position is the store's own, so a reconnect may end at any API process and misses nothing.
/// </summary>
internal static class JobEvents
{
    public const string LastEventId = "Last-Event-ID";

    public static void MapJobEvents(this IEndpointRouteBuilder jobs)
    {
        Describe(jobs.MapGet("/events", ([FromHeader(Name = LastEventId)] string? lastEventId, JobEventStream stream, HttpContext context) =>
            stream.SendAsync(context, lastEventId, null)), "streamJobs");
        Describe(
            jobs.MapGet("/{id}/events", async (
                string id, [FromHeader(Name = LastEventId)] string? lastEventId, ILibraryStore store, JobEventStream stream, HttpContext context) =>
                await stream.SendAsync(context, lastEventId, await JobEndpoints.FindAsync(store, id, context.RequestAborted))),
            "streamJob").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string operation) => route
        .WithName(operation)
        .WithSummary("Event 'job' with the job as data; id is an opaque position for Last-Event-ID.")
        .Produces<JobDto>(StatusCodes.Status200OK, "text/event-stream")
        .ProducesValidationProblem();
}

/// <summary>Sends the events of one connection.</summary>
internal sealed class JobEventStream(
    ILibraryStore store, JobMapper mapper, ApiOptions options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    public async Task SendAsync(HttpContext context, string? lastEventId, Job? only)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var changes = await ChangesAsync(string.IsNullOrEmpty(lastEventId) ? null : lastEventId, stop.Token);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            if (only is not null && changes.Jobs.All(job => job.Id != only.Id))
            {
                await WriteAsync(context.Response, only, changes.Position, stop.Token);
            }
            await RunAsync(context.Response, changes, only?.Id, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client left, or the server stops; either ends a stream that has no end of its own.
        }
    }

    private async Task<JobChanges> ChangesAsync(string? position, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ListJobChangesAsync(position, cancellationToken);
        }
        catch (InvalidCursorException)
        {
            throw ApiProblemException.Invalid(JobEvents.LastEventId, $"'{JobEvents.LastEventId}' is not the id of an event of this server.");
        }
    }

    private async Task RunAsync(HttpResponse response, JobChanges changes, string? only, CancellationToken cancellationToken)
    {
        // Tells the browser at once that it is connected, also when there is no job.
        await response.WriteAsync(": connected\n\n", cancellationToken);
        var lastWrite = time.GetTimestamp();
        while (true)
        {
            var wrote = false;
            foreach (var job in changes.Jobs.Where(job => only is null || job.Id == only))
            {
                await WriteAsync(response, job, changes.Position, cancellationToken);
                wrote = true;
            }
            if (!wrote && time.GetElapsedTime(lastWrite) >= options.EventKeepAlive)
            {
                await response.WriteAsync(": still here\n\n", cancellationToken);
                wrote = true;
            }
            if (wrote)
            {
                lastWrite = time.GetTimestamp();
            }
            await response.Body.FlushAsync(cancellationToken);
            await Task.Delay(options.EventInterval, time, cancellationToken);
            changes = await store.ListJobChangesAsync(changes.Position, cancellationToken);
        }
    }

    private async Task WriteAsync(HttpResponse response, Job job, string position, CancellationToken cancellationToken)
    {
        var data = JsonSerializer.Serialize(mapper.Map(job), ApiJson.Options);
        await response.WriteAsync($"id: {position}\nevent: job\ndata: {data}\n\n", cancellationToken);
    }
}
