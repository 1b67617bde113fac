using System.CommandLine;
using ImageLibrary.Cli.Serving;
using ImageLibrary.Cli.Settings;
using ImageLibrary.Cli.Supervision;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>serve</c>: everything in one process, restarted after a crash.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var folders = new Argument<string[]>("FOLDER")
        {
            Description = "Folders that become libraries, once, and are scanned.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        folders.RefuseOptions();
        var command = new Command("serve", "Runs engine, worker, API and page (the default).") { folders };
        foreach (var option in ServeOptions.All)
        {
            command.Options.Add(option);
        }
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = ServeSettings.Read(parsed, parsed.GetValue(folders) ?? [], Environment.GetEnvironmentVariable);
            return settings.Supervised || parsed.GetValue(ServeOptions.NoSupervise)
                ? ServeProcess.RunAsync(settings, cancellationToken)
                : Supervisor.RunAsync([.. parsed.Tokens.Select(token => token.Value)]);
        });
        return command;
    }
}
