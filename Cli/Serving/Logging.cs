using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace ImageLibrary.Cli.Serving;

/// <summary>The log goes to stderr: stdout belongs to results.</summary>
internal static class Logging
{
    public static ILoggerFactory Create(bool verbose) => LoggerFactory.Create(logging => Configure(logging, verbose));

    public static void Configure(ILoggingBuilder logging, bool verbose) => logging
        .SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Warning)
        // What keeps a host from starting becomes one line of ours; the host would log it with its stack trace before.
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", verbose ? LogLevel.Information : LogLevel.None)
        .AddConsole(console => console.FormatterName = LogLine.FormatterName)
        .AddConsoleFormatter<LogLine, LogLineOptions>(line => line.InFull = verbose)
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
