namespace ImageLibrary.Cli;

/// <summary>Something that the user can set right; the message says how, and no stack trace is shown.</summary>
internal sealed class UserException(string message, int exitCode = ExitCodes.Failed, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
