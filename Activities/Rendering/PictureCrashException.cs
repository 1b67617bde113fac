namespace ImageLibrary.Activities;

/// <summary>A process that had nothing but one picture to render died of it.</summary>
/// <param name="byItself">False when somebody killed it.</param>
/// <param name="message">How it ended.</param>
public sealed class PictureCrashException(bool byItself, string message) : Exception(message)
{
    /// <summary>Whether it died by itself; one that was killed says nothing about the picture.</summary>
    public bool ByItself => byItself;
}
