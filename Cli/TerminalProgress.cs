using Spectre.Console;

namespace ImageLibrary.Cli;

/// <summary>Progress bars on a terminal; they look alike wherever they are shown, and leave nothing behind.</summary>
internal static class TerminalProgress
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(250);

    // Standard input says nothing about the terminal: a supervised server has none.
    public static IAnsiConsole Terminal { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Interactive = InteractionSupport.Yes });

    /// <summary>Whether standard output can show bars.</summary>
    public static bool CanShow => !Console.IsOutputRedirected && Terminal.Profile.Capabilities.Ansi;

    public static Progress Create()
    {
        var progress = Terminal.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        progress.RefreshRate = RefreshInterval;
        return progress;
    }
}
