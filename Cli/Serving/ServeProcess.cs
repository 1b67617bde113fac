using System.Runtime.InteropServices;
using ImageLibrary.Cli.Settings;

namespace ImageLibrary.Cli.Serving;

/// <summary>
/// The serving process from start to stop: engine, worker, API, ready; then worker, API and engine in turn.
/// </summary>
internal static class ServeProcess
{
    public static async Task<int> RunAsync(ServeSettings settings, CancellationToken cancellationToken)
    {
        using var signals = new StopSignals();
        if (settings.Supervised)
        {
            _ = StopWithSupervisorAsync(signals);
        }
        using var data = DataFolder.Take(settings.DataDirectory.Value, settings.ForceNetworkData);
        await using var console = new ServeConsole(settings);
        await using var parts = new ServeParts(settings, data);
        await parts.OpenStoreAsync(cancellationToken);
        var libraries = await new StartFolders(parts.Store, parts.ApiOptions, data).AddAsync(settings.Folders, cancellationToken);
        await parts.StartAsync(cancellationToken);
        var token = parts.ApiOptions.AdminToken;
        data.WriteServer(new ServerFile(parts.Url, token, parts.EngineAddress, Environment.ProcessId));
        console.Ready(parts, token, data.Path);

        using var reporting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = new JobWatch(parts.Store, parts.JobMapper, console, settings, TimeProvider.System);
        await watch.BeginAsync(cancellationToken);
        await parts.StartScansAsync(libraries, cancellationToken);
        var report = watch.RunAsync(reporting.Token);
        var first = await Task.WhenAny(signals.Stopped, report, parts.Broken);
        await reporting.CancelAsync();
        if (first == parts.Broken)
        {
            await parts.Broken;
        }
        var code = first == report ? await report : await InterruptedAsync(signals.Stopped, report, settings.Once);
        await parts.StopAsync();
        data.RemoveServer();
        return code;
    }

    private static async Task<int> InterruptedAsync(Task<PosixSignal> stopped, Task<int> report, bool once)
    {
        try
        {
            await report;
        }
        catch (OperationCanceledException)
        {
            // Expected: the report was told to stop.
        }
        return once ? ExitCodes.Of(await stopped) : ExitCodes.Done;
    }

    // The supervisor holds the other end of our standard input: when it dies, whatever killed it, the input ends.
    private static async Task StopWithSupervisorAsync(StopSignals signals)
    {
        var buffer = new byte[64];
        await using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(buffer) > 0)
        {
        }
        signals.Stop();
    }
}
