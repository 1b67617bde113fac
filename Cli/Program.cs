using System.CommandLine;
using ImageLibrary.Cli;
using ImageLibrary.Cli.Commands;

ProcessTuning.Apply();
var root = new RootCommand("Keeps huge image libraries browsable.")
{
    ServeCommand.Create(),
    EngineCommand.Create(),
    PartCommands.CreateWorker(),
    PartCommands.CreateApi(),
    RenderCommand.Create(),
    RenderHelperCommand.Create(),
    LibrariesCommand.Create(),
    ScanCommand.Create(),
    JobsCommand.Create(),
    StoreCommand.Create(),
    OpenApiCommand.Create(),
};
return await CommandLine.RunAsync(root, CommandLine.WithDefaultCommand(root, args));
