using System.CommandLine;
using ImageLibrary.Cli.Rendering;
using ImageLibrary.Imaging;
using ImageLibrary.Worker.Isolation;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>render-helper</c>: what a worker starts to render pictures that it does not trust. Nothing for people.</summary>
internal static class RenderHelperCommand
{
    public static Command Create()
    {
        var memory = new Option<long>("--memory") { Description = "Bytes that the process may take", Required = true };
        var extra = new Option<ExtraFormats>("--extra-formats") { Description = "Read these, by the system's libvips, and nothing else" };
        var command = new Command(HelperCommand.Name, "Renders pictures that come through the standard input") { memory, extra };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(extra) is var formats and not ExtraFormats.None)
            {
                SystemCodecs.Bind(formats);
            }
            HelperServer.Run(parsed.GetValue(memory), limits => Renderers.Create(limits));
        });
        return command;
    }
}
