using System.Collections.Concurrent;
using ImageLibrary.Storage.Mongo;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Tests.Storage.Mongo;

/// <summary>Keeps what the store warns of.</summary>
public sealed class WarningList : ILogger<MongoLibraryStore>
{
    public ConcurrentQueue<string> Messages { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Messages.Enqueue(formatter(state, exception));
    }
}
