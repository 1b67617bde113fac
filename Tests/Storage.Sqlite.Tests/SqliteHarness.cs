using ImageLibrary.Core;
using ImageLibrary.Storage.Sqlite;
using ImageLibrary.Tests.Storage.Conformance;
using Microsoft.Data.Sqlite;

namespace ImageLibrary.Tests.Storage.Sqlite;

/// <summary>Stores in a temporary folder.</summary>
public sealed class SqliteHarness : IStoreHarness
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imagelibrary-store-").FullName;

    public string FilePath => Path.Combine(_folder, "data", "store.db");

    public async Task<ILibraryStore> OpenAsync(TimeProvider time)
    {
        var store = Create(time);
        try
        {
            await store.InitializeAsync();
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public SqliteLibraryStore Create(TimeProvider? time = null) =>
        new(new SqliteStoreOptions { Path = FilePath, LockTimeout = TimeSpan.FromMilliseconds(100) }, time);

    public TestSize Size { get; } = TestSize.Of(sequences: 150, images: 200_000);

    public long WriteTransactions(ILibraryStore store) => ((SqliteLibraryStore)store).WriteTransactions;

    public long ImageWrites(ILibraryStore store) => ((SqliteLibraryStore)store).ImageWrites;

    public async Task MakeNewerAsync() => await ExecuteAsync("PRAGMA user_version = 1000");

    public async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
