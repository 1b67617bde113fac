using System.CommandLine;
using ImageLibrary.Cli.Serving;
using ImageLibrary.Cli.Settings;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>worker</c> and <c>api</c>: one part alone, as many processes and machines as are wanted.</summary>
internal static class PartCommands
{
    public static Command CreateWorker() => Create(
        "worker", "Runs workflows and renders, for an engine and a store that others share.", ServeOptions.OfWorker, ServeRole.Worker);

    public static Command CreateApi() => Create(
        "api", "Answers REST requests and shows the page, for an engine and a store that others share.", ServeOptions.OfApi, ServeRole.Api);

    private static Command Create(string name, string description, IEnumerable<Option> options, ServeRole role)
    {
        var command = new Command(name, description);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
        command.SetAction((parsed, cancellationToken) =>
            PartProcess.RunAsync(ServeSettings.Read(parsed, [], Environment.GetEnvironmentVariable) with { Role = role }, cancellationToken));
        return command;
    }
}
