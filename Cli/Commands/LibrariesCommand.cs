using System.CommandLine;
using ImageLibrary.Api.Libraries;
using ImageLibrary.Api.Scans;
using ImageLibrary.Cli.Remote;
using ImageLibrary.Cli.Settings;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>libraries</c>: lists and adds libraries of a running server.</summary>
internal static class LibrariesCommand
{
    private static readonly Argument<string> Folder = new("FOLDER") { Description = "The folder." };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of the library; by default the folder's." };

    private static readonly Argument<string> Library = new("LIBRARY") { Description = "Id, name or folder of the library." };
    private static readonly Option<bool> Detach = new("--detach") { Description = "Do not wait for the end." };

    public static Command Create() => List(new("libraries", "Shows, adds and removes libraries of a running server; alone it lists them.")
    {
        List(new("list", "Lists libraries.")), Add(), Remove(),
    });

    /// <summary>Finds a library by its id, name or folder.</summary>
    public static async Task<LibraryDto> FindAsync(ServerConnection server, string name, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(name);
        await foreach (var library in server.ListAsync<LibraryDto>("libraries", cancellationToken))
        {
            if (library.Id == name || library.Name == name || library.RootPath == folder)
            {
                return library;
            }
        }
        throw new UserException($"there is no library '{name}'; 'imagelibrary libraries' shows them");
    }

    private static Command List(Command command)
    {
        ServerConnection.WithOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var server = ServerConnection.Open(parsed);
            await foreach (var library in server.ListAsync<LibraryDto>("libraries", cancellationToken))
            {
                Output.Write(library, parsed.GetValue(ServeOptions.Json), Words);
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Add()
    {
        var command = ServerConnection.WithOptions(new Command("add", "Makes a library of a folder.") { Folder, Name });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var server = ServerConnection.Open(parsed);
            var request = new CreateLibraryRequest(Path.GetFullPath(parsed.GetValue(Folder)!), parsed.GetValue(Name));
            var library = await server.SendAsync<LibraryDto>(HttpMethod.Post, "libraries", request, cancellationToken);
            Output.Write(library, parsed.GetValue(ServeOptions.Json), Words);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        var command = ServerConnection.WithOptions(new Command(
            "remove", "Removes a library, its jobs and everything made for it; the folder itself is not touched.") { Library, Detach });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var server = ServerConnection.Open(parsed);
            var json = parsed.GetValue(ServeOptions.Json);
            var library = await FindAsync(server, parsed.GetValue(Library)!, cancellationToken);
            var removal = await server.SendAsync<JobStartedDto>(HttpMethod.Delete, $"libraries/{library.Id}", null, cancellationToken);
            if (parsed.GetValue(Detach))
            {
                Output.Write(removal, json, started => started.JobId);
                return ExitCodes.Done;
            }
            return Output.ExitCode(await Output.FollowAsync(server.WatchAsync($"jobs/{removal.JobId}/events", cancellationToken), json));
        });
        return command;
    }

    private static string Words(LibraryDto library) =>
        $"{library.Id}  {library.Name}: {library.ImageCount} images in {library.CollectionCount} collections at {library.RootPath}";
}
