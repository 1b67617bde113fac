using System.CommandLine;
using ImageLibrary.Cli.Copying;
using ImageLibrary.Cli.Serving;
using ImageLibrary.Cli.Settings;
using ImageLibrary.Core;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>store copy</c>: moves libraries between the embedded store and MongoDB.</summary>
internal static class StoreCommand
{
    private static readonly Option<string> From = new("--from") { Description = "Store to read: sqlite:FILE or mongodb://HOST/DATABASE.", Required = true };
    private static readonly Option<string> To = new("--to") { Description = "Store to fill: sqlite:FILE or mongodb://HOST/DATABASE.", Required = true };

    public static Command Create()
    {
        var copy = new Command("copy", "Copies all libraries and ended jobs, compares both stores, and goes on where an earlier run stopped.")
        {
            From, To, ServeOptions.Json,
        };
        copy.SetAction(CopyAsync);
        return new Command("store", "Works on stores that no server uses at the moment.") { copy };
    }

    private static async Task<int> CopyAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var from = StoreAddress.Parse(From.Name, parsed.GetValue(From)!);
        var to = StoreAddress.Parse(To.Name, parsed.GetValue(To)!);
        if (from.Display == to.Display)
        {
            throw new UserException($"{From.Name} and {To.Name} name the same store", ExitCodes.Usage);
        }
        if (from.File is { } missing && !File.Exists(missing))
        {
            throw new UserException($"{From.Name}: there is no file {missing}");
        }
        using var source = Take(from.File);
        using var target = Take(to.File);
        using var logging = Logging.Create(parsed.GetValue(CommandLine.Verbose));
        using var signals = new StopSignals();
        var json = parsed.GetValue(ServeOptions.Json);
        var code = await signals.GuardAsync(token => CopyAsync(from, to, logging, json, token), cancellationToken);
        if (code is ExitCodes.Interrupted or ExitCodes.Terminated)
        {
            await Console.Error.WriteLineAsync("note: interrupted; what is copied stays, and the same command goes on from there");
        }
        return code;
    }

    private static async Task<int> CopyAsync(
        StoreAddress from, StoreAddress to, ILoggerFactory logging, bool json, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = await from.OpenAsync(logging, cancellationToken);
            await using var target = await to.OpenAsync(logging, cancellationToken);
            var result = await CopyConsole.RunAsync(json, progress => new StoreCopy(source, target, progress).RunAsync(cancellationToken));
            CopyConsole.Summarize(result, json);
            return ExitCodes.Done;
        }
        catch (StoreException e)
        {
            throw new UserException($"{e.Message} ({from.Display} to {to.Display})", inner: e);
        }
    }

    // The folder of a server is locked while it runs, and stays locked for the copy.
    private static DataFolder? Take(string? file) =>
        Path.GetDirectoryName(file) is { } folder && File.Exists(Path.Combine(folder, DataFolder.LockFileName)) ? DataFolder.Take(folder, forceNetwork: true) : null;
}
