using System.CommandLine;
using ImageLibrary.Activities;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Worker.Isolation;

namespace ImageLibrary.Cli.Settings;

/// <summary>The options of limits; each has an environment variable and a key of the configuration file of the same name.</summary>
internal static class LimitOptions
{
    // What a JPEG's header can tell, and what codecs count with.
    private const int LargestSide = 65_500;
    private const long MostPixels = (long)LargestSide * LargestSide;
    private const long LargestFile = 2047L << 20;
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    private static readonly Option<string?> FileSize = Create(LimitNames.FileSize, "Largest file of a picture, such as 1GiB.");
    private static readonly Option<string?> Pixels = Create(LimitNames.Pixels, "Most pixels of a picture.");
    private static readonly Option<string?> Side = Create(LimitNames.Side, "Largest width and height of a picture in pixels.");
    private static readonly Option<string?> ProgressivePixels = Create(LimitNames.ProgressivePixels, "Most pixels of a progressive JPEG.");
    private static readonly Option<string?> Scans = Create(LimitNames.Scans, "Most scans of a progressive JPEG.");
    private static readonly Option<string?> PictureTime = Create(LimitNames.PictureTime, "Longest time for rendering a picture, such as 30s.");
    private static readonly Option<string?> IsolatedFileSize = Create("--isolate-file-size", "Larger files are rendered in a process of their own.");
    private static readonly Option<string?> IsolatedProgressivePixels = Create(
        "--isolate-progressive-pixels", "Progressive JPEGs with more pixels are rendered in a process of their own.");

    private static readonly Option<string?> ArchiveEntries = Create(LimitNames.ArchiveEntries, "Most entries of an archive.");
    private static readonly Option<string?> EntrySize = Create(LimitNames.EntrySize, "Largest entry of an archive, unpacked.");
    private static readonly Option<string?> ArchiveSize = Create(LimitNames.ArchiveSize, "Largest archive, unpacked.");
    private static readonly Option<string?> ArchiveRatio = Create(LimitNames.ArchiveRatio, "Most that an entry may grow when it is unpacked, as a factor.");
    private static readonly Option<string?> ArchiveRatioFrom = Create("--archive-ratio-from", "Unpacked size from which that factor counts.");

    /// <summary>Limits of archives.</summary>
    public static IReadOnlyList<Option<string?>> OfArchives { get; } = [ArchiveEntries, EntrySize, ArchiveSize, ArchiveRatio, ArchiveRatioFrom];

    /// <summary>All limits.</summary>
    public static IReadOnlyList<Option<string?>> All { get; } =
        [FileSize, Pixels, Side, ProgressivePixels, Scans, PictureTime, IsolatedFileSize, IsolatedProgressivePixels, .. OfArchives];

    /// <summary>The key of a limit in the configuration file.</summary>
    public static string Key(Option<string?> option) => $"limits.{option.Name.TrimStart('-')}";

    /// <summary>Reads all limits.</summary>
    /// <exception cref="UserException">A value makes no sense.</exception>
    public static Limits Read(SettingReader reader)
    {
        var settings = new RenderSettings();
        var pictures = new HelperOptions().Limits;
        var archives = new ArchiveLimits();
        return new Limits
        {
            Pictures = pictures with
            {
                MaxFileBytes = Value(FileSize, pictures.MaxFileBytes, text => SettingValues.Size(text, LargestFile)),
                MaxPixels = Value(Pixels, pictures.MaxPixels, text => SettingValues.Count(text, MostPixels)),
                MaxSide = Value(Side, pictures.MaxSide, text => (int)SettingValues.Count(text, LargestSide)),
                MaxMultiScanPixels = Value(ProgressivePixels, pictures.MaxMultiScanPixels, text => SettingValues.Count(text, MostPixels)),
                MaxScans = Value(Scans, pictures.MaxScans, text => (int)SettingValues.Count(text, int.MaxValue)),
            },
            IsolatedFileBytes = Value(IsolatedFileSize, settings.IsolatedFileBytes, SettingValues.Size),
            IsolatedMultiScanPixels = Value(
                IsolatedProgressivePixels, new RenderLimits().MaxMultiScanPixels, text => SettingValues.Count(text, MostPixels)),
            PictureTime = Value(PictureTime, settings.PictureDeadline, text => SettingValues.Duration(text, LongestTime)),
            Archives = new ArchiveLimits
            {
                MaxEntries = Value(ArchiveEntries, archives.MaxEntries, text => (int)SettingValues.Count(text, int.MaxValue)),
                MaxEntryBytes = Value(EntrySize, archives.MaxEntryBytes, SettingValues.Size),
                MaxTotalBytes = Value(ArchiveSize, archives.MaxTotalBytes, SettingValues.Size),
                MaxRatio = Value(ArchiveRatio, archives.MaxRatio, text => (int)SettingValues.Count(text, int.MaxValue)),
                RatioFreeBytes = Value(ArchiveRatioFrom, archives.RatioFreeBytes, SettingValues.Size),
            },
        };

        T Value<T>(Option<string?> option, T usual, Func<string, T> convert) =>
            reader.Read(option, [LimitNames.Variable(option.Name)], Key(option), usual, convert).Value;
    }

    private static Option<string?> Create(string name, string description) => new(name) { Description = description };
}
