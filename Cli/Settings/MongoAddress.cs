using ImageLibrary.Core;
using ImageLibrary.Storage.Mongo;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Cli.Settings;

/// <summary>A MongoDB that a person has named.</summary>
/// <param name="Options">Server and database.</param>
/// <param name="Display">The address without secrets.</param>
internal sealed record MongoAddress(MongoStoreOptions Options, string Display)
{
    /// <summary>Reads a URL, and tells what is left out of it.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="source">What gave it, for messages.</param>
    /// <param name="exitCode">How the program ends when the URL is wrong.</param>
    /// <exception cref="UserException">It is wrong.</exception>
    public static MongoAddress Parse(string url, string source, int exitCode)
    {
        try
        {
            var connection = MongoConnection.Parse(url);
            foreach (var note in connection.Notes)
            {
                Console.Error.WriteLine($"note: {note}");
            }
            var options = MongoStoreOptions.Of(connection);
            options.Validate();
            return new MongoAddress(options, connection.Display);
        }
        catch (Exception e) when (e is StoreException or ArgumentException)
        {
            throw new UserException($"{source}: {e.Message}", exitCode, e);
        }
    }

    /// <summary>The store there, not yet opened.</summary>
    public MongoLibraryStore CreateStore(ILoggerFactory logging) =>
        new(Options, TimeProvider.System, logging.CreateLogger<MongoLibraryStore>());
}
