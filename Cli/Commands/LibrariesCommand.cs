using System.CommandLine;
using ImageLibrary.Api.Libraries;
using ImageLibrary.Cli.Remote;
using ImageLibrary.Cli.Settings;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>libraries</c>: lists and adds libraries of a running server.</summary>
internal static class LibrariesCommand
{
    private static readonly Argument<string> Folder = new("FOLDER") { Description = "The folder." };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of the library; by default the folder's." };

    public static Command Create() => new("libraries", "Shows and adds libraries of a running server.") { List(), Add() };

    private static Command List()
    {
        var command = ServerConnection.WithOptions(new Command("list", "Lists libraries."));
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

    private static string Words(LibraryDto library) =>
        $"{library.Id}  {library.Name}: {library.ImageCount} images in {library.CollectionCount} collections at {library.RootPath}";
}
