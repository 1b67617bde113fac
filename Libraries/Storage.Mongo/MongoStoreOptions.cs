using System.Buffers;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Which server and database hold the store.</summary>
public sealed record MongoStoreOptions
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\. \"$*<>:|?\0");

    // The driver's half a minute is long for somebody who waits for a start that cannot succeed.
    private static readonly TimeSpan SelectionTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Servers, credentials, timeouts and pools of the client.</summary>
    public required MongoClientSettings Client { get; init; }

    /// <summary>Name of the database.</summary>
    public string Database { get; init; } = "imagelibrary";

    /// <summary>
    /// How long a library's derivative kinds are trusted before they are read again. Another process's change of the settings
    /// reaches the counts of incomplete images after this time at the latest.
    /// </summary>
    public TimeSpan SettingsAge { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The store that a URL names; what the URL leaves open gets values that suit the program.</summary>
    /// <param name="connection">The URL.</param>
    public static MongoStoreOptions Of(MongoConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var client = connection.Settings.Clone();
        client.ApplicationName ??= "imagelibrary";
        if (client.ServerSelectionTimeout == MongoDefaults.ServerSelectionTimeout)
        {
            client.ServerSelectionTimeout = SelectionTimeout;
        }
        var options = new MongoStoreOptions { Client = client };
        return connection.DatabaseName is { } database ? options with { Database = database } : options;
    }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value cannot be used; the message names the setting.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Client);
        if (Database.Length is 0 or > 63 || Database.AsSpan().ContainsAny(Forbidden))
        {
            throw new ArgumentException(
                $"'{Database}' cannot name a database (the path of MONGODB_URL): 1 to 63 characters, none of / \\ . \" $ * < > : | ? and no spaces.",
                nameof(Database));
        }
        if (SettingsAge < TimeSpan.Zero)
        {
            throw new ArgumentException("SettingsAge must not be negative.", nameof(SettingsAge));
        }
    }
}
