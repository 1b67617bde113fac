namespace ImageLibrary.Core;

/// <summary>One failure of a job. A second failure of the same path and image in the same job takes its place.</summary>
/// <param name="CollectionId">The collection; null for a folder that could not be listed.</param>
/// <param name="ImageId">The image; null when the whole archive or folder failed.</param>
/// <param name="Path">Path relative to the library's root; archive and entry are joined by '/'.</param>
/// <param name="Failure">Class and sentence.</param>
/// <param name="At">When.</param>
public sealed record JobFailure(string? CollectionId, string? ImageId, string Path, ImageFailure Failure, DateTimeOffset At);
