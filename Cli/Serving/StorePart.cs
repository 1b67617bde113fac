using ImageLibrary.Cli.Settings;
using ImageLibrary.Core;
using ImageLibrary.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Cli.Serving;

/// <summary>The store of a process: MongoDB when a URL is set, else a file in the data folder.</summary>
/// <param name="Store">The store, not yet opened.</param>
/// <param name="Description">What it is and where that was set, without secrets.</param>
/// <param name="IsShared">Whether other processes may use it, too.</param>
internal sealed record StorePart(ILibraryStore Store, string Description, bool IsShared)
{
    /// <summary>Creates the store that the settings name.</summary>
    /// <exception cref="UserException">The URL is wrong.</exception>
    public static StorePart Create(ServeSettings settings, DataFolder data, ILoggerFactory logging)
    {
        if (settings.Mongo.Value is not { } url)
        {
            return new StorePart(
                new SqliteLibraryStore(new SqliteStoreOptions { Path = data.Store }),
                $"SQLite in {data.Path} (set by {settings.DataDirectory.Source})",
                IsShared: false);
        }
        var mongo = MongoAddress.Parse(
            url, settings.Mongo.Source, settings.Mongo.Source == ServeOptions.Mongo.Name ? ExitCodes.Usage : ExitCodes.Failed);
        return new StorePart(
            mongo.CreateStore(logging),
            $"MongoDB at {mongo.Display}, database {mongo.Options.Database} (set by {settings.Mongo.Source})",
            IsShared: true);
    }
}
