// Encodes and decodes an image document to and from a record, and compares with the official library and with the official
// package of Node.js:
//   dotnet build Bench/Bson -c Release -p:OfficialMongo=true     (once, for the official library)
//   dotnet run --project Bench/Bson -c Release
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ImageLibrary.Bench.Bson;

if (args is ["measure"])
{
    Console.WriteLine(JsonSerializer.Serialize(Measurement.Take()));
    return;
}

var folder = AppContext.BaseDirectory;
var project = new DirectoryInfo(folder);
while (!File.Exists(Path.Combine(project.FullName, "Bson.csproj")))
{
    project = project.Parent ?? throw new InvalidOperationException("The project's folder is not above the program.");
}
var official = Path.Combine(project.FullName, "bin", "official", "Release", "net10.0", "ImageLibrary.Bench.Bson.dll");
var ours = Run("dotnet", Path.Combine(folder, "ImageLibrary.Bench.Bson.dll"), "measure")!;
Print("ours", ours, null);
Print("official", File.Exists(official) ? Run("dotnet", official, "measure") : null, ours);
Print("Node.js", Run("node", Path.Combine(project.FullName, "peer.mjs")), ours);

static Measurement? Run(string program, params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    var line = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? JsonSerializer.Deserialize<Measurement>(line) : null;
}

static void Print(string name, Measurement? measurement, Measurement? ours)
{
    if (measurement is null)
    {
        Console.WriteLine($"{name,-10} not available");
        return;
    }
    var ratio = ours is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"   encode {measurement.EncodeNanoseconds / ours.EncodeNanoseconds:F2}×, decode {measurement.DecodeNanoseconds / ours.DecodeNanoseconds:F2}×, " +
        $"both {(measurement.EncodeNanoseconds + measurement.DecodeNanoseconds) / (ours.EncodeNanoseconds + ours.DecodeNanoseconds):F2}×");
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-10} encode {measurement.EncodeNanoseconds,7:F0} ns {measurement.EncodeBytes,6:F0} B   decode {measurement.DecodeNanoseconds,7:F0} ns {measurement.DecodeBytes,6:F0} B{ratio}"));
}
