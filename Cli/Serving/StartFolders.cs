using ImageLibrary.Api;
using ImageLibrary.Api.Libraries;
using ImageLibrary.Api.Problems;
using ImageLibrary.Core;

namespace ImageLibrary.Cli.Serving;

/// <summary>Makes libraries of the folders of the command line; of a few pictures of our own when there is nothing else.</summary>
internal sealed class StartFolders(ILibraryStore store, ApiOptions options, DataFolder data)
{
    public async Task<IReadOnlyList<Library>> AddAsync(IReadOnlyList<string> folders, CancellationToken cancellationToken)
    {
        var known = await AllAsync(cancellationToken);
        if (folders.Count == 0)
        {
            return known.Count > 0 ? [] : [await AddSampleAsync(cancellationToken)];
        }
        var added = new List<Library>();
        foreach (var folder in folders.Distinct(StringComparer.Ordinal))
        {
            added.Add(await AddAsync(folder, null, known, cancellationToken));
        }
        return added;
    }

    private async Task<Library> AddSampleAsync(CancellationToken cancellationToken)
    {
        await SamplePictures.WriteAsync(data.Sample, cancellationToken);
        return await AddAsync(data.Sample, "Sample", [], cancellationToken);
    }

    private async Task<Library> AddAsync(string given, string? name, IReadOnlyList<Library> known, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(given);
        var policy = new FolderPolicy(options);
        // A library whose drive is not connected is still that library: its scan waits.
        if (known.FirstOrDefault(library => library.RootPath == folder || library.RootPath == policy.Resolve(folder).Path) is { } existing)
        {
            return existing;
        }
        try
        {
            return await new LibraryRegistration(store, policy, TimeProvider.System)
                .AddAsync(folder, name, new LibrarySettings(), cancellationToken);
        }
        catch (Exception e) when (e is ApiProblemException or RootConflictException)
        {
            var mayBeCommand = Path.GetFileName(given) == given && !Path.Exists(folder);
            throw new UserException(
                mayBeCommand ? $"'{given}' is neither a command nor a folder here; see 'imagelibrary --help'." : e.Message, inner: e);
        }
    }

    private async Task<List<Library>> AllAsync(CancellationToken cancellationToken)
    {
        var all = new List<Library>();
        string? cursor = null;
        do
        {
            var page = await store.ListLibrariesAsync(new PageRequest(1000, cursor), cancellationToken);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }
}
