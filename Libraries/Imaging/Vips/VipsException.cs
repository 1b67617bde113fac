namespace ImageLibrary.Imaging.Vips;

/// <summary>
/// libvips refused. The message may hold lines about pictures of other threads, because its error buffer belongs
/// to the process; it is for logs only.
/// </summary>
internal sealed class VipsException(string message) : Exception(message);
