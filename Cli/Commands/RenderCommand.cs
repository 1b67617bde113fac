using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using ImageLibrary.Archives;
using ImageLibrary.Cli.Rendering;
using ImageLibrary.Cli.Serving;
using ImageLibrary.Cli.Settings;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Worker.Isolation;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>imagelibrary render</c>: derivatives without library or engine.</summary>
internal static partial class RenderCommand
{
    private const int DefaultQuality = 85;

    // JPEG knows no longer side.
    private const int LargestSide = 65_500;

    private static readonly string[] Formats = ["jpeg", "png", "webp", "avif"];

    /// <summary>Describes the command.</summary>
    internal static Command Create()
    {
        var sources = new Argument<string[]>("source")
        {
            Description = "Image files, folders and archives",
            Arity = ArgumentArity.OneOrMore,
        };
        sources.RefuseOptions();
        var output = new Option<string>("--out") { Description = "Folder for the derivatives", Required = true };
        var kinds = new Option<string>("--kinds")
        {
            Description = "Kinds, separated by commas; more by NAME=WIDTHxHEIGHT, such as preview=2560x1440",
            DefaultValueFactory = _ => "thumbnail,cache",
        };
        var format = new Option<string>("--format") { Description = "Output format", DefaultValueFactory = _ => "jpeg" };
        format.AcceptOnlyFromAmong(Formats);
        var quality = new Option<int>("--quality") { Description = "Quality, 1 to 100", DefaultValueFactory = _ => DefaultQuality };
        var workers = new Option<int>("--workers")
        {
            Description = "Images rendered at once",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var extra = new Option<string?>("--extra-formats")
        {
            Description = "Formats to read by the system's libvips: heic, jpeg2000, jpegxl, svg, separated by commas",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("IMAGELIBRARY_EXTRA_FORMATS"),
        };
        var trust = new Option<bool>("--no-helper") { Description = "Render risky pictures in this process, to measure what it costs not to", Hidden = true };
        var json = new Option<bool>("--json") { Description = "One JSON object a line" };

        kinds.Validators.Add(result =>
        {
            if (Specs(result.GetValueOrDefault<string>(), "jpeg", DefaultQuality) is null)
            {
                result.AddError($"--kinds takes {string.Join(", ", DerivativeSpec.Defaults.Select(spec => spec.Kind))} and NAME=WIDTHxHEIGHT, each name once.");
            }
        });
        extra.Validators.Add(result =>
        {
            try
            {
                _ = SettingValues.Formats(result.GetValueOrDefault<string?>() ?? "");
            }
            catch (FormatException e)
            {
                result.AddError($"--extra-formats: {e.Message}.");
            }
        });
        AddRange(quality, 100);
        AddRange(workers, 1024);

        var command = new Command("render", "Make derivatives of files, folders and archives, without library or engine")
        {
            sources, output, kinds, format, quality, workers, extra, trust, json,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals();
            return await signals.GuardAsync(
                token => Task.Run(
                    () => Execute(
                        result.GetRequiredValue(sources),
                        result.GetRequiredValue(output),
                        Specs(result.GetValue(kinds), result.GetValue(format)!, result.GetValue(quality))!,
                        result.GetValue(workers),
                        SettingValues.Formats(result.GetValue(extra) ?? ""),
                        result.GetValue(trust),
                        result.GetValue(json),
                        token),
                    CancellationToken.None),
                cancellationToken);
        });
        return command;
    }

    private static int Execute(
        string[] sources, string output, IReadOnlyList<DerivativeSpec> specs, int workers, ExtraFormats extra, bool trust, bool json,
        CancellationToken cancellationToken)
    {
        if (Array.Find(sources, path => !Path.Exists(path)) is { } missing)
        {
            throw new UserException($"{missing} does not exist; give image files, folders or archives");
        }

        var archives = new ArchiveOpener();
        var report = new RenderReport(Console.Out, Console.Error, json);
        try
        {
            Directory.CreateDirectory(output);
            using var helper = new IsolatedRenderer(new HelperOptions { ExtraFormats = extra }, TimeProvider.System);
            new RenderRun(Renderers.Create(extra: extra), helper, archives, specs, output, report) { TrustsAll = trust }
                .Execute(new SourceEnumerator(archives).Enumerate(sources), workers, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"rendering into {output} failed: {e.Message}", inner: e);
        }

        return report.HasFailures ? ExitCodes.DoneWithFailures : ExitCodes.Done;
    }

    /// <summary>The derivatives asked for; null when a kind is unknown.</summary>
    private static List<DerivativeSpec>? Specs(string? kinds, string format, int quality)
    {
        var specs = new List<DerivativeSpec>();
        foreach (var kind in (kinds ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var known = DerivativeSpec.Defaults.FirstOrDefault(spec => spec.Kind == kind) ?? Tier(kind);
            if (known is null || specs.Exists(spec => spec.Kind == known.Kind))
            {
                return null;
            }

            specs.Add(known with { Format = format, Quality = quality });
        }

        return specs.Count == 0 ? null : specs;
    }

    /// <summary>A kind with its box; null when it is none. The name becomes part of file names.</summary>
    private static DerivativeSpec? Tier(string text) =>
        TierPattern().Match(text) is { Success: true } match
        && int.TryParse(match.Groups["width"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
        && int.TryParse(match.Groups["height"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var height)
        && width is > 0 and <= LargestSide && height is > 0 and <= LargestSide
            ? new DerivativeSpec(match.Groups["name"].Value, width, height, "jpeg", DefaultQuality) : null;

    [GeneratedRegex("^(?<name>[a-z][a-z0-9-]{0,31})=(?<width>[0-9]+)x(?<height>[0-9]+)$")]
    private static partial Regex TierPattern();

    private static void AddRange(Option<int> option, int largest) => option.Validators.Add(result =>
    {
        // A text that is no number has no value to ask for.
        if (result.Tokens is [var token]
            && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= largest))
        {
            result.AddError($"{option.Name} must be from 1 to {largest}.");
        }
    });
}
