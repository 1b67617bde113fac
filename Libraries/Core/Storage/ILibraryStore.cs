namespace ImageLibrary.Core;

/// <summary>
/// Holds libraries, collections, images with their derivatives' state, and jobs. Writes are absolute and idempotent:
/// the same call made twice leaves what one call leaves. Lists are paged by key.
/// </summary>
public partial interface ILibraryStore : IAsyncDisposable
{
    /// <summary>The database that holds it, by its product's name.</summary>
    string Product { get; }

    /// <summary>Creates or migrates the schema.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreException">The store belongs to a newer version of the program, or is damaged.</exception>
    Task InitializeAsync(CancellationToken cancellationToken = default);

    /// <summary>Checks that the store answers.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreException">It does not.</exception>
    Task PingAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a library.</summary>
    /// <param name="library">The library; counts and last scan are ignored.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RootConflictException">Its root overlaps with another library's.</exception>
    Task AddLibraryAsync(Library library, CancellationToken cancellationToken = default);

    /// <summary>Gets a library with its counts, or null.</summary>
    /// <param name="id">Id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Library?> GetLibraryAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Gets a library without counts and last scan, or null: cheap, for the work of jobs.</summary>
    /// <param name="id">Id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Library?> FindLibraryAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists libraries by name.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list.</exception>
    Task<Page<Library>> ListLibrariesAsync(PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>Sums up the files in the cache folder, over all libraries.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<DerivativeSum> SumDerivativesAsync(CancellationToken cancellationToken = default);

    /// <summary>Changes name and settings of a library, and nothing else of it.</summary>
    /// <param name="id">Id.</param>
    /// <param name="name">The name a person sees.</param>
    /// <param name="settings">All settings.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there is no such library.</returns>
    Task<bool> UpdateLibraryAsync(string id, string name, LibrarySettings settings, CancellationToken cancellationToken = default);

    /// <summary>Notes the identity of a library's root.</summary>
    /// <param name="id">Id.</param>
    /// <param name="identity">The identity; null to take that of whatever lies there next.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there is no such library.</returns>
    Task<bool> SetRootIdentityAsync(string id, RootIdentity? identity, CancellationToken cancellationToken = default);

    /// <summary>Marks a library as being removed, which is for good.</summary>
    /// <param name="id">Id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there is no such library.</returns>
    Task<bool> MarkLibraryDeletingAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Whether new and running jobs shall be paused.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<bool> GetPauseAllAsync(CancellationToken cancellationToken = default);

    /// <summary>Sets whether new and running jobs shall be paused.</summary>
    /// <param name="paused">The flag.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task SetPauseAllAsync(bool paused, CancellationToken cancellationToken = default);
}

