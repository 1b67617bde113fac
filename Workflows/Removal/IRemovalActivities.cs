using System.Text.Json.Serialization;
using Temporalio.Activities;

namespace ImageLibrary.Workflows;

/// <summary>Opens the books of a removal.</summary>
public interface IStartLibraryRemoval
{
    /// <summary>Marks the library as deleting, so that nothing starts on it any more, and adds the job.</summary>
    /// <param name="input">The removal.</param>
    [Activity("StartLibraryRemoval")]
    Task<LibraryRemovalSettings> StartLibraryRemovalAsync(StartLibraryRemovalInput input);
}

/// <summary>A removal that starts.</summary>
/// <param name="LibraryId">The library.</param>
/// <param name="JobId">The job.</param>
/// <param name="StartedAt">When it started.</param>
public sealed record StartLibraryRemovalInput(
    [property: JsonPropertyName("libraryId")] string LibraryId,
    [property: JsonPropertyName("jobId")] string JobId,
    [property: JsonPropertyName("startedAt")] DateTimeOffset StartedAt);

/// <summary>What a removal needs to know.</summary>
/// <param name="Collections">Collections with images; empty ones may come on top.</param>
/// <param name="SearchAttributes">The server knows the search attributes.</param>
public sealed record LibraryRemovalSettings(
    [property: JsonPropertyName("collections")] long Collections,
    [property: JsonPropertyName("searchAttributes")] bool SearchAttributes);

/// <summary>Ends what else works on a library.</summary>
public interface IEndLibraryJobs
{
    /// <summary>Asks the library's other jobs to end; fails with a delay while one still runs.</summary>
    /// <param name="input">Whose jobs.</param>
    [Activity("EndLibraryJobs")]
    Task EndLibraryJobsAsync(EndLibraryJobsInput input);
}

/// <summary>Whose jobs to end.</summary>
/// <param name="LibraryId">The library.</param>
/// <param name="JobId">The removal itself, which goes on.</param>
public sealed record EndLibraryJobsInput(
    [property: JsonPropertyName("libraryId")] string LibraryId,
    [property: JsonPropertyName("jobId")] string JobId);

/// <summary>Finds what is left to remove.</summary>
public interface IListRemainingCollections
{
    /// <summary>Lists some collections of the library that are still there; none when all are gone.</summary>
    /// <param name="libraryId">The library.</param>
    [Activity("ListRemainingCollections")]
    Task<IReadOnlyList<RemainingCollection>> ListRemainingCollectionsAsync(string libraryId);
}

/// <summary>A collection that is still there.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">The name a person sees.</param>
/// <param name="Images">Images in it that a person sees.</param>
public sealed record RemainingCollection(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("images")] long Images);

/// <summary>Removes one collection.</summary>
public interface IRemoveCollection
{
    /// <summary>Removes the derivatives' files, then the images, then the collection. Its library must be marked as deleting.</summary>
    /// <param name="collectionId">The collection; nothing happens when it is gone.</param>
    [Activity("RemoveCollection")]
    Task RemoveCollectionAsync(string collectionId);
}

/// <summary>Removes the emptied library.</summary>
public interface IRemoveLibrary
{
    /// <summary>Removes the library; nothing happens when it is gone.</summary>
    /// <param name="libraryId">The library.</param>
    [Activity("RemoveLibrary")]
    Task RemoveLibraryAsync(string libraryId);
}
