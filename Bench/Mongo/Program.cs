// The official driver on our BSON library against the official driver of Node.js, in alternating pairs on one server:
//   dotnet run --project Bench/Mongo -c Release [PAIRS]
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ImageLibrary.Bench.Mongo;
using ImageLibrary.Tests.MongoServers;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["measure", var port])
{
    Console.WriteLine(JsonSerializer.Serialize(await Measurement.TakeAsync(int.Parse(port))));
    return;
}

var pairs = args is [var number] ? int.Parse(number) : 7;
var folder = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(folder.FullName, "peer.mjs")))
{
    folder = folder.Parent ?? throw new InvalidOperationException("The project's folder is not above the program.");
}
await using var server = await Mongod.StartAsync();
var (ours, node) = (new List<Measurement>(), new List<Measurement>());
for (var pair = 0; pair < pairs; pair++)
{
    ours.Add(await RunAsync("dotnet", Path.Combine(AppContext.BaseDirectory, "ImageLibrary.Bench.Mongo.dll"), "measure", $"{server.Port}"));
    node.Add(await RunAsync("node", Path.Combine(folder.FullName, "peer.mjs"), $"{server.Port}"));
}
Console.WriteLine($"{pairs} pairs, load {File.ReadAllText("/proc/loadavg").Trim()}; median (least to most)");
Console.WriteLine($"{"",-34} {"ours",-26} {"Node.js",-26} ratio  wanted");
Print("find of 100,000 into records, s", measurement => measurement.FindSeconds, smallerIsBetter: true, wanted: 3);
Print("point reads by id, 32 in flight, /s", measurement => measurement.ReadsPerSecond, smallerIsBetter: false, wanted: 2);
Print("bulk insert of 100,000, s", measurement => measurement.InsertSeconds, smallerIsBetter: true, wanted: 1.2);

void Print(string what, Func<Measurement, double> value, bool smallerIsBetter, double wanted)
{
    var (mine, theirs) = (ours.Select(value).Order().ToList(), node.Select(value).Order().ToList());
    var ratio = smallerIsBetter ? theirs[pairs / 2] / mine[pairs / 2] : mine[pairs / 2] / theirs[pairs / 2];
    Console.WriteLine($"{what,-34} {Spread(mine),-26} {Spread(theirs),-26} {ratio:F2}×  {wanted:0.#}×");
}

static string Spread(List<double> sorted)
{
    var format = sorted[0] < 100 ? "F2" : "F0";
    return $"{sorted[sorted.Count / 2].ToString(format)} ({sorted[0].ToString(format)} to {sorted[^1].ToString(format)})";
}

static async Task<Measurement> RunAsync(string program, params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    var line = await process.StandardOutput.ReadToEndAsync();
    await process.WaitForExitAsync();
    return process.ExitCode == 0
        ? JsonSerializer.Deserialize<Measurement>(line)!
        : throw new InvalidOperationException($"{program} failed with {process.ExitCode}.");
}
