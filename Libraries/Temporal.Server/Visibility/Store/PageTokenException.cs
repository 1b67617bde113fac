namespace ImageLibrary.Temporal.Server.Visibility.Store;

/// <summary>A page token that is damaged or belongs to another query; callers report it as InvalidArgument.</summary>
internal sealed class PageTokenException() : Exception("Invalid NextPageToken.");
