using System.CommandLine;
using System.Text.Json;
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
        var limits = new Option<string?>("--limits") { Description = "What a picture may need, as JSON" };
        var command = new Command(HelperCommand.Name, "Renders pictures that come through the standard input") { memory, limits, extra };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(extra) is var formats and not ExtraFormats.None)
            {
                SystemCodecs.Bind(formats);
            }
            var allowed = parsed.GetValue(limits) is { } json ? JsonSerializer.Deserialize<RenderLimits>(json) : new HelperOptions().Limits;
            HelperServer.Run(parsed.GetValue(memory), () => Renderers.Create(allowed));
        });
        return command;
    }
}
