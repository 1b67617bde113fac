using System.CommandLine;
using ImageLibrary.Api.Libraries;
using ImageLibrary.Api.Scans;
using ImageLibrary.Cli.Remote;
using ImageLibrary.Cli.Settings;
using ImageLibrary.Core;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>scan</c>: starts the scan of a library of a running server and follows it.</summary>
internal static class ScanCommand
{
    private static readonly Argument<string> Library = new("LIBRARY") { Description = "Id, name or folder of the library." };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Render everything again." };
    private static readonly Option<bool> Deep = new("--deep") { Description = "Read every source and compare its content." };
    private static readonly Option<bool> NewOnly = new("--new-only") { Description = "Leave out images that failed before or lack a derivative." };
    private static readonly Option<string?> Below = new("--path") { Description = "Only this folder, relative to the library's." };
    private static readonly Option<bool> Detach = new("--detach") { Description = "Do not wait for the end." };

    public static Command Create()
    {
        var command = ServerConnection.WithOptions(new Command("scan", "Scans a library of a running server.")
        {
            Library, Overwrite, Deep, NewOnly, Below, Detach,
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var server = ServerConnection.Open(parsed);
        var json = parsed.GetValue(ServeOptions.Json);
        var library = await LibrariesCommand.FindAsync(server, parsed.GetValue(Library)!, cancellationToken);
        var request = new ScanLibraryRequest(
            !parsed.GetValue(NewOnly), parsed.GetValue(Overwrite), parsed.GetValue(Deep), parsed.GetValue(Below));
        var scan = await server.SendAsync<ScanStartedDto>(HttpMethod.Post, $"libraries/{library.Id}/scan", request, cancellationToken);
        if (parsed.GetValue(Detach))
        {
            Output.Write(scan, json, started => started.JobId);
            return ExitCodes.Done;
        }
        var job = await Output.FollowAsync(server.WatchAsync($"jobs/{scan.JobId}/events", cancellationToken), json);
        if (request.Path is { Length: > 0 } path && job is { State: JobState.Completed, Images.Total: 0, Changes.Removed: 0 })
        {
            await Console.Error.WriteLineAsync($"note: '{library.Name}' has no images at '{path}'.");
        }
        return Output.ExitCode(job);
    }
}
