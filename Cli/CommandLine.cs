using System.CommandLine;
using System.CommandLine.Parsing;

namespace ImageLibrary.Cli;

/// <summary>Runs the command line and turns what goes wrong into one line and an exit code.</summary>
internal static class CommandLine
{
    private const string DefaultCommand = "serve";

    /// <summary>Shows stack traces of errors, and the log.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show the log, and stack traces of errors.", Recursive = true };

    /// <summary>Puts the default command before arguments that name none.</summary>
    public static string[] WithDefaultCommand(RootCommand root, string[] args) =>
        args is [var first, ..] && (root.Subcommands.Any(command => command.Name == first) || first is "--help" or "-h" or "-?" or "--version")
            ? args
            : [DefaultCommand, .. args];

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        root.Options.Add(Verbose);
        ParseResult? parsed = null;
        try
        {
            // Validators run here, too.
            parsed = root.Parse(args);
            if (parsed.Errors is [var error, ..])
            {
                await Console.Error.WriteLineAsync($"error: {string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))} See '{Name(parsed.CommandResult)} --help'.");
                return ExitCodes.Usage;
            }

            // Signals are the commands' own business: a plain termination would lose what is in flight.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UserException e)
        {
            await Console.Error.WriteLineAsync($"error: {e.Message}");
            await ExplainAsync(parsed, e.InnerException);
            return e.ExitCode;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"error: unexpected: {e.Message} (--verbose shows more)");
            await ExplainAsync(parsed, e);
            return ExitCodes.Crashed;
        }
    }

    private static string Name(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Name(parent)} {command.Command.Name}" : "imagelibrary";

    private static async Task ExplainAsync(ParseResult? parsed, Exception? exception)
    {
        if (exception is not null && parsed?.GetValue(Verbose) == true)
        {
            await Console.Error.WriteLineAsync(exception.ToString());
        }
    }
}
