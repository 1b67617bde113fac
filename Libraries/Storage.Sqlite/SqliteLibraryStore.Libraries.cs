using ImageLibrary.Core;
using Microsoft.Data.Sqlite;

namespace ImageLibrary.Storage.Sqlite;

public sealed partial class SqliteLibraryStore
{
    private const char LibrariesTag = 'l';

    private const string SelectLibrary = """
        SELECT l.id, l.name, l.root_path, l.settings, l.root_device, l.root_inode, l.root_file_system, l.state, l.created_at,
               l.image_count, l.collection_count, j.id, j.state, j.started_at, j.ended_at, l.name_key, l.no, l.derivative_files,
               l.derivative_bytes
        FROM libraries l LEFT JOIN jobs j ON j.no = (
            SELECT no FROM jobs WHERE library_id = l.id AND type = 'Scan' AND whole_library = 1 ORDER BY started_at DESC, no DESC LIMIT 1)

        """;

    /// <inheritdoc/>
    public Task AddLibraryAsync(Library library, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(library);
        return Writer.RunAsync(
            session =>
            {
                RefuseOverlap(session, library);
                return session.Execute(
                    """
                    INSERT INTO libraries (id, name, name_key, root_path, settings, root_device, root_inode, root_file_system, state, created_at)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO NOTHING
                    """,
                    library.Id, library.Name, NaturalSortKey.Create(library.Name), library.RootPath, RowReading.Text(library.Settings),
                    library.RootIdentity?.Device, library.RootIdentity?.Inode, library.RootIdentity?.FileSystemType,
                    library.State.ToString(), library.CreatedAt.UtcTicks);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Library?> GetLibraryAsync(string id, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(session => session.First(SelectLibrary + "WHERE l.id = ?1", ReadLibrary, id), cancellationToken);

    // The counts lie beside the rest of the row.
    /// <inheritdoc/>
    public Task<Library?> FindLibraryAsync(string id, CancellationToken cancellationToken = default) => GetLibraryAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<Library>> ListLibrariesAsync(PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        var after = PageCursor.After(page, LibrariesTag);
        return _readers.RunAsync(
            session => PageCursor.Page(
                session.Query(
                    SelectLibrary + "WHERE (l.name_key, l.no) > (?1, ?2) ORDER BY l.name_key, l.no LIMIT ?3",
                    row => (ReadLibrary(row), new PageCursor(row.GetFieldValue<byte[]>(15), row.GetInt64(16))),
                    after?.Key ?? [], after?.Number ?? 0, page.Limit + 1),
                page.Limit,
                LibrariesTag),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> UpdateLibraryAsync(string id, string name, LibrarySettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return ChangeLibraryAsync(
            "name = ?2, name_key = ?3, settings = ?4", cancellationToken, id, name, NaturalSortKey.Create(name), RowReading.Text(settings));
    }

    /// <inheritdoc/>
    public Task<bool> SetRootIdentityAsync(string id, RootIdentity? identity, CancellationToken cancellationToken = default) =>
        ChangeLibraryAsync(
            "root_device = ?2, root_inode = ?3, root_file_system = ?4",
            cancellationToken, id, identity?.Device, identity?.Inode, identity?.FileSystemType);

    /// <inheritdoc/>
    public Task<bool> MarkLibraryDeletingAsync(string id, CancellationToken cancellationToken = default) =>
        ChangeLibraryAsync("state = ?2", cancellationToken, id, nameof(LibraryState.Deleting));

    private Task<bool> ChangeLibraryAsync(string assignments, CancellationToken cancellationToken, params object?[] values) =>
        Writer.RunAsync(session => session.Execute($"UPDATE libraries SET {assignments} WHERE id = ?1", values) == 1, cancellationToken);

    /// <inheritdoc/>
    public Task<DerivativeSum> SumDerivativesAsync(CancellationToken cancellationToken = default) => _readers.RunAsync(
        session => session.First(
            "SELECT coalesce(sum(derivative_files), 0), coalesce(sum(derivative_bytes), 0) FROM libraries",
            row => new DerivativeSum(row.GetInt64(0), row.GetInt64(1)))!,
        cancellationToken);

    private static void RefuseOverlap(SqliteSession session, Library library)
    {
        var existing = session.Query(SelectLibrary + "WHERE l.id <> ?1", ReadLibrary, library.Id)
            .FirstOrDefault(library.Overlaps);
        if (existing is not null)
        {
            throw new RootConflictException(existing);
        }
    }

    private static Library ReadLibrary(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        RootPath = row.GetString(2),
        Settings = row.Settings(3),
        RootIdentity = row.IsDBNull(4) ? null : new RootIdentity(row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)),
        State = row.Enum<LibraryState>(7),
        CreatedAt = row.Time(8)!.Value,
        ImageCount = row.GetInt64(9),
        CollectionCount = row.GetInt64(10),
        Derivatives = new DerivativeSum(row.GetInt64(17), row.GetInt64(18)),
        LastScan = row.IsDBNull(11) ? null : new LastScan(row.GetString(11), row.Enum<JobState>(12), row.Time(13)!.Value, row.Time(14)),
    };
}
