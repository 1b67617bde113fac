using ImageLibrary.Api.Problems;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Libraries;

/// <summary>Makes libraries of folders.</summary>
/// <param name="store">Where libraries are kept.</param>
/// <param name="folders">Decides which folders may be libraries.</param>
/// <param name="time">Clock for the time of adding.</param>
public sealed class LibraryRegistration(ILibraryStore store, FolderPolicy folders, TimeProvider time)
{
    private const string Field = "rootPath";

    /// <summary>Adds a library.</summary>
    /// <param name="rootPath">Absolute path of an existing, readable folder.</param>
    /// <param name="name">The name a person sees; null for the folder's.</param>
    /// <param name="settings">Settings.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiProblemException">The folder is missing or refused; the message is for the user.</exception>
    /// <exception cref="RootConflictException">It overlaps with another library.</exception>
    public async Task<Library> AddAsync(string rootPath, string? name, LibrarySettings settings, CancellationToken cancellationToken)
    {
        var (path, refusal) = folders.Resolve(rootPath);
        refusal ??= FolderPolicy.Unreadable(path);
        if (refusal is not null)
        {
            throw ApiProblemException.Invalid(Field, refusal);
        }
        var library = new Library
        {
            Id = StableId.NewId(),
            Name = string.IsNullOrWhiteSpace(name) ? FolderName(path) : name.Trim(),
            RootPath = path,
            Settings = settings,
            CreatedAt = time.GetUtcNow(),
        };
        await store.AddLibraryAsync(library, cancellationToken);
        return library;
    }

    private static string FolderName(string path) => Path.GetFileName(path) is { Length: > 0 } name ? name : path;
}
