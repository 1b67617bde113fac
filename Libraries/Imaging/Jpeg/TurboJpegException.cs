namespace ImageLibrary.Imaging.Jpeg;

/// <summary>TurboJPEG refused; the message is its own.</summary>
internal sealed class TurboJpegException(string message) : Exception(message);
