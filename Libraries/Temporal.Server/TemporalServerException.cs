namespace ImageLibrary.Temporal.Server;

/// <summary>The server cannot start or keep running: a bad setting, a data file in use or damaged. The message may be shown to the user.</summary>
public sealed class TemporalServerException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public TemporalServerException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do about it.</param>
    public TemporalServerException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What is wrong and what to do about it.</param>
    /// <param name="innerException">The cause.</param>
    public TemporalServerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
