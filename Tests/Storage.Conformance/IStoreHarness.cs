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

    /// <summary>How many random sequences of calls, and how large a collection, are worth the time on this adapter.</summary>
    TestSize Size { get; }

    /// <summary>Marks the data as written by a newer version of the program; no store is open.</summary>
    Task MakeNewerAsync();
}

/// <summary>How much a suite does.</summary>
/// <param name="Sequences">Random sequences of calls.</param>
/// <param name="Images">Images of a big collection.</param>
public sealed record TestSize(int Sequences, int Images)
{
    /// <summary>The long form, on every adapter.</summary>
    public static TestSize Full { get; } = new(2_000, 200_000);

    /// <summary>The size, or the long form where that is wanted.</summary>
    public static TestSize Of(int sequences, int images) =>
        Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") == "1" ? Full : new TestSize(sequences, images);
}
