using ImageLibrary.Activities;
using ImageLibrary.Workflows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Worker;

/// <summary>Makes sure that the server knows the search attributes before the workers start.</summary>
/// <param name="client">The engine.</param>
/// <param name="availability">Where the activities learn of it.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Log.</param>
internal sealed partial class SearchAttributeRegistration(
    ITemporalClient client, SearchAttributeAvailability availability, TimeProvider time, ILogger<SearchAttributeRegistration> logger)
    : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly Dictionary<string, IndexedValueType> Wanted = new()
    {
        [JobSearchAttributes.LibraryId.Name] = IndexedValueType.Keyword,
        [JobSearchAttributes.JobType.Name] = IndexedValueType.Keyword,
        [JobSearchAttributes.JobStage.Name] = IndexedValueType.Keyword,
        [JobSearchAttributes.Progress.Name] = IndexedValueType.Double,
    };

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var missing = await MissingAsync(cancellationToken);
            if (missing.Count > 0)
            {
                await AddAsync(missing, cancellationToken);
                await WaitUntilVisibleAsync(cancellationToken);
            }
            availability.Available = true;
        }
        catch (Exception exception) when (exception is RpcException or TimeoutException)
        {
            var command = string.Join(' ', Wanted.Select(attribute => $"--name {attribute.Key} --type {attribute.Value}"));
            LogUnavailable(exception.Message, client.Options.Namespace, command);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<List<string>> MissingAsync(CancellationToken cancellationToken)
    {
        var known = await client.OperatorService.ListSearchAttributesAsync(
            new ListSearchAttributesRequest { Namespace = client.Options.Namespace },
            new RpcOptions { CancellationToken = cancellationToken });
        return [.. Wanted.Keys.Where(name => !known.CustomAttributes.ContainsKey(name))];
    }

    private async Task AddAsync(List<string> missing, CancellationToken cancellationToken)
    {
        var request = new AddSearchAttributesRequest { Namespace = client.Options.Namespace };
        foreach (var name in missing)
        {
            request.SearchAttributes.Add(name, Wanted[name]);
        }
        try
        {
            await client.OperatorService.AddSearchAttributesAsync(request, new RpcOptions { CancellationToken = cancellationToken });
        }
        catch (RpcException exception) when (exception.Code == RpcException.StatusCode.AlreadyExists)
        {
            // Another worker was faster.
        }
    }

    // A server answers from a cache for a while after they were added.
    private async Task WaitUntilVisibleAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while ((await MissingAsync(cancellationToken)).Count > 0)
        {
            if (time.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException("The search attributes did not become visible.");
            }
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Jobs run without search attributes ({Reason}); to list and filter them in Temporal, run: "
        + "temporal operator search-attribute create --namespace {Namespace} {Attributes}")]
    private partial void LogUnavailable(string reason, string @namespace, string attributes);
}
