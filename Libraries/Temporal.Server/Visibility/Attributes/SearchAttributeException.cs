namespace ImageLibrary.Temporal.Server.Visibility.Attributes;

/// <summary>Search attributes of a request that cannot be accepted; callers report it as InvalidArgument.</summary>
internal sealed class SearchAttributeException(string message) : Exception(message);
