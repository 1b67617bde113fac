using ImageLibrary.Cli.Settings;
using ImageLibrary.Core;
using ImageLibrary.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Cli.Copying;

/// <summary>A store that a copy reads or writes: <c>sqlite:FILE</c>, <c>mongodb://…</c> or <c>mongodb+srv://…</c>.</summary>
internal sealed record StoreAddress
{
    private const string SqliteScheme = "sqlite:";

    private readonly Func<ILoggerFactory, ICopyableStore> _create;

    private StoreAddress(string display, string? file, Func<ILoggerFactory, ICopyableStore> create)
    {
        Display = display;
        File = file;
        _create = create;
    }

    /// <summary>The address without secrets.</summary>
    public string Display { get; }

    /// <summary>Full path of the file of SQLite; else null.</summary>
    public string? File { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="option">The option that gave it, for messages.</param>
    /// <param name="text">The address.</param>
    /// <exception cref="UserException">It is wrong.</exception>
    public static StoreAddress Parse(string option, string text)
    {
        if (text.StartsWith(SqliteScheme, StringComparison.OrdinalIgnoreCase) && text.Length > SqliteScheme.Length)
        {
            var file = Path.GetFullPath(text[SqliteScheme.Length..]);
            return new StoreAddress(SqliteScheme + file, file, _ => new SqliteLibraryStore(new SqliteStoreOptions { Path = file }));
        }
        if (!text.StartsWith("mongodb", StringComparison.OrdinalIgnoreCase))
        {
            throw new UserException($"{option} must be sqlite:FILE or mongodb://HOST/DATABASE", ExitCodes.Usage);
        }
        var mongo = MongoAddress.Parse(text, option, ExitCodes.Usage);
        return new StoreAddress(mongo.Display, null, mongo.CreateStore);
    }

    /// <summary>Opens the store; makes or migrates its schema.</summary>
    /// <param name="logging">Where a stored document that does not fit, and so is not copied, is named.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public async Task<ICopyableStore> OpenAsync(ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var store = _create(logging);
        try
        {
            await store.InitializeAsync(cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }
}
