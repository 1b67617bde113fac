using System.CommandLine;
using ImageLibrary.Cli.Rendering;
using ImageLibrary.Worker.Isolation;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>render-helper</c>: what a worker starts to render pictures that it does not trust. Nothing for people.</summary>
internal static class RenderHelperCommand
{
    public static Command Create()
    {
        var memory = new Option<long>("--memory") { Description = "Bytes that the process may take", Required = true };
        var command = new Command(HelperCommand.Name, "Renders pictures that come through the standard input") { memory };
        command.Hidden = true;
        command.SetAction(parsed => HelperServer.Run(parsed.GetValue(memory), Renderers.Create));
        return command;
    }
}
