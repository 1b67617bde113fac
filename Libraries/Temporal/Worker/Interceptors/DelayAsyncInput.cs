namespace Temporalio.Worker.Interceptors;

/// <summary>Input of starting a timer.</summary>
/// <param name="Delay">How long.</param>
/// <param name="CancellationToken">Cancels the timer; null for the workflow's own.</param>
/// <param name="Summary">One line for people.</param>
public record DelayAsyncInput(TimeSpan Delay, CancellationToken? CancellationToken, string? Summary);
