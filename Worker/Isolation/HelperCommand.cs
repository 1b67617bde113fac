using System.Globalization;
using System.Text.Json;
using ImageLibrary.Imaging;

namespace ImageLibrary.Worker.Isolation;

/// <summary>How this program is started again as a helper.</summary>
public static class HelperCommand
{
    /// <summary>Name of the hidden command.</summary>
    public const string Name = "render-helper";

    private const string Program = "imagelibrary";

    /// <summary>Arguments behind the command.</summary>
    internal static IReadOnlyList<string> Arguments(HelperOptions options) =>
    [
        "--memory", options.Memory.ToString(CultureInfo.InvariantCulture),
        "--limits", JsonSerializer.Serialize(options.Limits),
        .. options.ExtraFormats == ExtraFormats.None ? [] : (string[])["--extra-formats", options.ExtraFormats.ToString()],
    ];

    /// <summary>Program and arguments: the executable as it runs now, or the program beside this library in the .NET host.</summary>
    public static IReadOnlyList<string> OfThisProgram()
    {
        var executable = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(executable) switch
        {
            Program => [executable, Name],
            "dotnet" => [executable, Path.Combine(AppContext.BaseDirectory, Program + ".dll"), Name],
            _ => ["dotnet", Path.Combine(AppContext.BaseDirectory, Program + ".dll"), Name],
        };
    }
}
