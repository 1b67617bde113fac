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

const int Rounds = 7;
var folder = AppContext.BaseDirectory;
var project = new DirectoryInfo(folder);
while (!File.Exists(Path.Combine(project.FullName, "Bson.csproj")))
{
    project = project.Parent ?? throw new InvalidOperationException("The project's folder is not above the program.");
}
var official = Path.Combine(project.FullName, "bin", "official", "Release", "net10.0", "ImageLibrary.Bench.Bson.dll");
string[]?[] sides =
[
    ["dotnet", Path.Combine(folder, "ImageLibrary.Bench.Bson.dll"), "measure"],
    File.Exists(official) ? ["dotnet", official, "measure"] : null,
    ["node", Path.Combine(project.FullName, "peer.mjs")],
];

// The machine is faster at one moment than at another, so the sides take turns, and a ratio is of neighbours.
var rounds = Enumerable.Range(0, Rounds).Select(_ => sides.Select(Run).ToArray()).ToArray();
Print("ours", 0);
Print("official", 1);
Print("Node.js", 2);

static Measurement? Run(string[]? command)
{
    if (command is not [var program, .. var arguments])
    {
        return null;
    }
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    var line = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? JsonSerializer.Deserialize<Measurement>(line) : null;
}

void Print(string name, int side)
{
    if (rounds.Any(round => round[side] is null || round[0] is null))
    {
        Console.WriteLine($"{name,-10} not available");
        return;
    }
    var (encode, decode) = (Median(round => round[side]!.EncodeNanoseconds), Median(round => round[side]!.DecodeNanoseconds));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-10} encode {encode,7:F0} ns {rounds[0][side]!.EncodeBytes,6:F0} B   decode {decode,7:F0} ns {rounds[0][side]!.DecodeBytes,6:F0} B") + Ratios(side));
}

string Ratios(int side)
{
    if (side == 0)
    {
        return "";
    }
    double Both(Measurement?[] round) =>
        (round[side]!.EncodeNanoseconds + round[side]!.DecodeNanoseconds) / (round[0]!.EncodeNanoseconds + round[0]!.DecodeNanoseconds);
    return string.Create(
        CultureInfo.InvariantCulture,
        $"   encode {Median(round => round[side]!.EncodeNanoseconds / round[0]!.EncodeNanoseconds):F2}×, " +
        $"decode {Median(round => round[side]!.DecodeNanoseconds / round[0]!.DecodeNanoseconds):F2}×, " +
        $"both {Median(Both):F2}× ({rounds.Min(Both):F2}–{rounds.Max(Both):F2})");
}

double Median(Func<Measurement?[], double> of) => rounds.Select(of).Order().ElementAt(Rounds / 2);
