using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using ImageLibrary.Activities;
using ImageLibrary.Archives;
using ImageLibrary.Cli.Rendering;
using ImageLibrary.Cli.Serving;
using ImageLibrary.Cli.Settings;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Worker.Isolation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>imagelibrary render</c>: derivatives without library or engine.</summary>
internal static partial class RenderCommand
{
    private const int DefaultQuality = 85;

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
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var folder }] && string.IsNullOrWhiteSpace(folder))
            {
                result.AddError("--out needs the name of a folder.");
            }
        });
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
        var memory = Size("--memory-budget", "IMAGELIBRARY_MEMORY_BUDGET", "Decode memory in flight, such as 256MiB", RenderSettings.DefaultMemoryBudget, smallest: 1 << 20);
        var helperMemory = Size("--helper-memory", "IMAGELIBRARY_HELPER_MEMORY", "Memory of the process for risky pictures, such as 1.5GiB", new HelperOptions().Memory, smallest: 256 << 20);
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
            sources, output, kinds, format, quality, workers, memory, helperMemory, extra, trust, json,
        };
        foreach (var limit in LimitOptions.All)
        {
            command.Options.Add(limit);
        }
        command.SetAction(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals();
            var limits = LimitOptions.Read(new SettingReader(result, file: null, Environment.GetEnvironmentVariable));
            return await signals.GuardAsync(
                token => Task.Run(
                    () => Execute(
                        new Work(
                            result.GetRequiredValue(sources),
                            result.GetRequiredValue(output),
                            Within(Specs(result.GetValue(kinds), result.GetValue(format)!, result.GetValue(quality))!),
                            result.GetValue(workers))
                        {
                            Limits = limits,
                            Settings = limits.Apply(new RenderSettings { MemoryBudget = SettingValues.Size(result.GetRequiredValue(memory)) }),
                            Isolation = limits.Apply(new HelperOptions
                            {
                                Memory = SettingValues.Size(result.GetRequiredValue(helperMemory)),
                                ExtraFormats = SettingValues.Formats(result.GetValue(extra) ?? ""),
                            }),
                            TrustsAll = result.GetValue(trust),
                            Verbose = result.GetValue(CommandLine.Verbose),
                        },
                        new RenderReport(Console.Out, Console.Error, result.GetValue(json)),
                        token),
                    CancellationToken.None),
                cancellationToken);
        });
        return command;
    }

    private static int Execute(Work work, RenderReport report, CancellationToken cancellationToken)
    {
        if (Array.Find(work.Sources, path => !Path.Exists(path)) is { } missing)
        {
            throw new UserException($"{missing} does not exist; give image files, folders or archives");
        }

        var archives = new ArchiveOpener(work.Limits.Archives);
        try
        {
            Directory.CreateDirectory(work.Output);
            var renderer = Renderers.Create(work.Limits.InProcess, work.Isolation.ExtraFormats);
            using var helper = new IsolatedRenderer(work.Isolation, TimeProvider.System);
            using var memory = new MemoryBudget(work.Settings);
            using var log = work.Verbose ? Logging.Create(verbose: true) : null;
            var guarded = new GuardedRenderer(
                renderer,
                work.TrustsAll ? new NoHelper(renderer) : helper,
                memory,
                work.Settings,
                new Logger<GuardedRenderer>(log ?? NullLoggerFactory.Instance));

            // Loads the codecs, so that the time that is reported is that of rendering.
            _ = renderer.RecipeFingerprint(work.Specs[0]);
            var walk = new SourceWalk(archives, work.Sources, work.Output);
            var output = new OutputFolder(work.Output, walk.Means);
            var sources = new SourceEnumerator(archives).Enumerate(
                walk.Find(cancellationToken), source => RefuseToReplace(source, walk, output, work.Specs), cancellationToken);
            new RenderRun(guarded, renderer, archives, work.Specs, output, report)
                .Execute(sources, work.Workers, memory, work.Settings, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"rendering into {work.Output} failed: {e.Message}", inner: e);
        }

        return report.HasFailures ? ExitCodes.DoneWithFailures : ExitCodes.Done;
    }

    /// <summary>Ends the command before it begins, where it would write over a picture that it was given.</summary>
    private static void RefuseToReplace(RenderSource source, SourceWalk walk, OutputFolder output, IReadOnlyList<DerivativeSpec> specs)
    {
        if (walk.ReachesOutput && source.Failure is null
            && specs.Select(spec => output.FileOf(source.OutputStem, spec.Kind, spec.Format)).FirstOrDefault(output.WouldReplaceSource) is { } lost)
        {
            throw new UserException(
                $"{lost} is one of the sources, and a derivative of {source.Path} would replace it; name another folder by --out", ExitCodes.Usage);
        }
    }

    /// <summary>Lets no derivative be larger than its format can hold.</summary>
    private static List<DerivativeSpec> Within(List<DerivativeSpec> specs) =>
        specs.Find(spec => Math.Max(spec.MaxWidth, spec.MaxHeight) > DerivativeSpec.LargestSide(spec.Format)) is not { } beyond
            ? specs
            : throw new UserException(
                $"--kinds: {beyond.Kind} is larger than {DerivativeSpec.LargestSide(beyond.Format)}x{DerivativeSpec.LargestSide(beyond.Format)} pixels, the most that {beyond.Format} can hold",
                ExitCodes.Usage);

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
        && width > 0 && height > 0
            ? new DerivativeSpec(match.Groups["name"].Value, width, height, "jpeg", DefaultQuality) : null;

    [GeneratedRegex("^(?<name>[a-z][a-z0-9-]{0,31})=(?<width>[0-9]+)x(?<height>[0-9]+)$")]
    private static partial Regex TierPattern();

    private static Option<string> Size(string name, string variable, string description, long usual, long smallest)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) ?? usual.ToString(CultureInfo.InvariantCulture),
        };
        option.Validators.Add(result =>
        {
            try
            {
                if (SettingValues.Size(result.GetValueOrDefault<string>() ?? "") < smallest)
                {
                    result.AddError($"{name} ({variable}) must be at least {smallest >> 20}MiB.");
                }
            }
            catch (FormatException e)
            {
                result.AddError($"{name} ({variable}): {e.Message}.");
            }
        });
        return option;
    }

    private static void AddRange(Option<int> option, int largest) => option.Validators.Add(result =>
    {
        // A text that is no number has no value to ask for.
        if (result.Tokens is [var token]
            && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= largest))
        {
            result.AddError($"{option.Name} must be from 1 to {largest}.");
        }
    });

    /// <summary>What the command line asks for.</summary>
    private sealed record Work(string[] Sources, string Output, IReadOnlyList<DerivativeSpec> Specs, int Workers)
    {
        public required Limits Limits { get; init; }

        public required RenderSettings Settings { get; init; }

        public required HelperOptions Isolation { get; init; }

        /// <summary>Whether risky pictures are rendered here, too.</summary>
        public required bool TrustsAll { get; init; }

        public required bool Verbose { get; init; }
    }
}
