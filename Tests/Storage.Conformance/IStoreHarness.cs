using ImageLibrary.Core;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Opens one adapter's store on a place of its own, empty at first, and cleans up.</summary>
public interface IStoreHarness : IAsyncDisposable
{
    /// <summary>Opens and initialises the store; a second call opens the same data again.</summary>
    Task<ILibraryStore> OpenAsync(TimeProvider time);

    /// <summary>Write transactions (or commands that change data) of a store so far.</summary>
    long WriteTransactions(ILibraryStore store);

    /// <summary>Image records written by a store so far.</summary>
    long ImageWrites(ILibraryStore store);

    /// <summary>Marks the data as written by a newer version of the program; no store is open.</summary>
    Task MakeNewerAsync();
}
