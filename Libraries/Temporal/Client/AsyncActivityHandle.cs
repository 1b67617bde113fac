using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>An activity that is completed from outside.</summary>
/// <param name="Client">The client.</param>
/// <param name="Activity">The activity.</param>
public record AsyncActivityHandle(ITemporalClient Client, AsyncActivityHandle.Reference Activity) : IWithSerializationContext<AsyncActivityHandle>
{
    /// <summary>Converter to use instead of the client's.</summary>
    public DataConverter? DataConverterOverride { get; init; }

    /// <inheritdoc />
    public AsyncActivityHandle WithSerializationContext(ISerializationContext context) =>
        this with { DataConverterOverride = (DataConverterOverride ?? Client.Options.DataConverter).WithSerializationContext(context) };

    /// <summary>Records a heartbeat.</summary>
    /// <param name="options">Options of the heartbeat.</param>
    /// <returns>Completes when it is recorded.</returns>
    /// <exception cref="Exceptions.AsyncActivityCanceledException">The activity is to be cancelled.</exception>
    public Task HeartbeatAsync(AsyncActivityHeartbeatOptions? options = null) =>
        Client.OutboundInterceptor.HeartbeatAsyncActivityAsync(new(Activity, options, DataConverterOverride));

    /// <summary>Completes the activity.</summary>
    /// <param name="result">Its result.</param>
    /// <param name="options">Options of the completion.</param>
    /// <returns>Completes when it is recorded.</returns>
    public Task CompleteAsync(object? result = null, AsyncActivityCompleteOptions? options = null) =>
        Client.OutboundInterceptor.CompleteAsyncActivityAsync(new(Activity, result, options, DataConverterOverride));

    /// <summary>Fails the activity.</summary>
    /// <param name="exception">Why.</param>
    /// <param name="options">Options of the failure.</param>
    /// <returns>Completes when it is recorded.</returns>
    public Task FailAsync(Exception exception, AsyncActivityFailOptions? options = null) =>
        Client.OutboundInterceptor.FailAsyncActivityAsync(new(Activity, exception, options, DataConverterOverride));

    /// <summary>Reports the activity as cancelled.</summary>
    /// <param name="options">Options of the report.</param>
    /// <returns>Completes when it is recorded.</returns>
    public Task ReportCancellationAsync(AsyncActivityReportCancellationOptions? options = null) =>
        Client.OutboundInterceptor.ReportCancellationAsyncActivityAsync(new(Activity, options, DataConverterOverride));

    /// <summary>Names an activity.</summary>
    public abstract record Reference
    {
        private protected Reference()
        {
        }
    }

    /// <summary>Names an activity by ids.</summary>
    /// <param name="WorkflowId">The workflow.</param>
    /// <param name="RunId">Its run, null for the current one.</param>
    /// <param name="ActivityId">The activity's id in it.</param>
    public record IdReference(string WorkflowId, string? RunId, string ActivityId) : Reference;

    /// <summary>Names an activity by its token.</summary>
    /// <param name="TaskToken">The token.</param>
    public record TaskTokenReference(byte[] TaskToken) : Reference;
}
