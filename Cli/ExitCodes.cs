using System.Runtime.InteropServices;

namespace ImageLibrary.Cli;

/// <summary>Exit codes; part of the contract with scripts.</summary>
internal static class ExitCodes
{
    /// <summary>All done.</summary>
    public const int Done = 0;

    /// <summary>An error of start or environment, or a job that failed or was cancelled.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage.</summary>
    public const int Usage = 2;

    /// <summary>Done, but some images failed or are damaged.</summary>
    public const int DoneWithFailures = 3;

    /// <summary>The process broke; the supervisor starts it again.</summary>
    public const int Crashed = 70;

    /// <summary>Interrupted by SIGINT before the end.</summary>
    public const int Interrupted = 130;

    /// <summary>Interrupted by SIGTERM before the end.</summary>
    public const int Terminated = 143;

    /// <summary>The code of an interruption by a signal.</summary>
    public static int Of(PosixSignal signal) => signal == PosixSignal.SIGINT ? Interrupted : Terminated;
}
