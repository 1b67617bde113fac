using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace ImageLibrary.Cli.Serving;

/// <summary>Writes an entry of the log as one line, with the reason of a fault in words; stack traces only if asked for.</summary>
/// <param name="options">How much to write.</param>
/// <param name="time">Clock of the lines.</param>
internal sealed class LogLine(IOptions<LogLineOptions> options, TimeProvider? time = null) : ConsoleFormatter(FormatterName)
{
    internal const string FormatterName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (logEntry.Exception is { } exception)
        {
            text += $": {(options.Value.InFull ? exception : exception.Message)}";
        }
        if (options.Value.InFull)
        {
            text = $"{logEntry.Category}: {text}";
        }
        var level = logEntry.LogLevel switch
        {
            LogLevel.Critical or LogLevel.Error => "error",
            LogLevel.Warning => "warning",
            _ => "info",
        };
        textWriter.WriteLine($"{(time ?? TimeProvider.System).GetLocalNow():HH:mm:ss} {level}: {TerminalText.Line(text.ReplaceLineEndings(" "))}");
    }
}

/// <summary>How much a line of the log tells.</summary>
internal sealed class LogLineOptions : ConsoleFormatterOptions
{
    /// <summary>With its source, and with the stack trace of a fault.</summary>
    public bool InFull { get; set; }
}
