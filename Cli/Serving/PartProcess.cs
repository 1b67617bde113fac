using ImageLibrary.Cli.Settings;

namespace ImageLibrary.Cli.Serving;

/// <summary>A process that runs one part for an engine and a store that others share.</summary>
internal static class PartProcess
{
    public static async Task<int> RunAsync(ServeSettings settings, CancellationToken cancellationToken)
    {
        Need(settings.Temporal.Address, ServeOptions.Temporal.Name, "TEMPORAL_ADDRESS");
        Need(settings.Mongo, ServeOptions.Mongo.Name, "MONGODB_URL");
        using var signals = new StopSignals();
        using var data = DataFolder.Share(settings.DataDirectory.Value);
        await using var console = new ServeConsole(settings);
        await using var parts = new ServeParts(settings, data);
        await parts.OpenStoreAsync(cancellationToken);
        await parts.StartAsync(cancellationToken);
        console.Ready(parts, parts.ApiOptions.AdminToken, data.Path);
        var first = await Task.WhenAny(signals.Stopped, parts.Broken);
        if (first == parts.Broken)
        {
            await parts.Broken;
        }
        await parts.StopAsync();
        return ExitCodes.Done;
    }

    private static void Need(Setting<string?> setting, string option, string variable)
    {
        if (setting.Value is null)
        {
            throw new UserException($"{option} ({variable}) is needed: engine and store are shared with other processes", ExitCodes.Usage);
        }
    }
}
