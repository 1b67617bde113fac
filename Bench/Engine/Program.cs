using ImageLibrary.Bench.Engine;

// Compares the embedded engine with the official development server: one client, one worker, the same machine, alternating rounds.
// Usage: dotnet run -c Release --project Bench/Engine -- [ROUNDS] [WORKFLOWS]
// The official CLI is found by TEMPORAL_CLI or on the PATH.
var rounds = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 3;
var workflows = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 300;

var throughput = new List<double>();
var latency = new List<double>();
for (var round = 1; round <= rounds; round++)
{
    var official = await MeasureAsync(EngineProcess.OfficialAsync, workflows);
    var ours = await MeasureAsync(EngineProcess.EmbeddedAsync, workflows);
    throughput.Add(ours.PerSecond / official.PerSecond);
    latency.Add(ours.MedianMilliseconds / official.MedianMilliseconds);
    Console.WriteLine(
        $"round {round}: one-activity workflows/s {ours.PerSecond:F0} against {official.PerSecond:F0}, p50 of one client {ours.MedianMilliseconds:F1} ms against {official.MedianMilliseconds:F1} ms");
}
Console.WriteLine($"workflows/s, 32 clients: {Spread(throughput)} (at least 10 wanted)");
Console.WriteLine($"p50, one client:         {Spread(latency)} (at most 0.2 wanted)");

static string Spread(List<double> ratios)
{
    ratios.Sort();
    return $"{ratios[ratios.Count / 2]:F2}× (median; {ratios[0]:F2} to {ratios[^1]:F2})";
}

static async Task<Figures> MeasureAsync(Func<Task<EngineProcess>> start, int workflows)
{
    await using var engine = await start();
    return await Load.RunAsync(engine.Address, workflows);
}
