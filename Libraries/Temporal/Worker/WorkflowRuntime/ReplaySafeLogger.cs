using Microsoft.Extensions.Logging;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>Logs only what was not logged in an earlier life of the run.</summary>
internal sealed class ReplaySafeLogger(ILogger inner, WorkflowInstance instance) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => !instance.IsReplayingHistoryEvents && inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!instance.IsReplayingHistoryEvents)
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
