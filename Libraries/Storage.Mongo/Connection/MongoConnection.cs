using ImageLibrary.Core;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// What a MongoDB URL says. <c>mongodb://</c> is read here by the rules of the connection-string specification, because the
/// driver's own reader needs a DNS library; <c>mongodb+srv://</c> goes to the driver.
/// </summary>
public sealed record MongoConnection
{
    private MongoConnection(MongoClientSettings settings, string? databaseName, string display, IReadOnlyList<string> notes)
    {
        Settings = settings;
        DatabaseName = databaseName;
        Display = display;
        Notes = notes;
    }

    /// <summary>Settings for <c>new MongoClient(settings)</c>.</summary>
    public MongoClientSettings Settings { get; }

    /// <summary>The database that the URL names after the hosts, or null.</summary>
    public string? DatabaseName { get; }

    /// <summary>The URL with its secrets masked, for messages.</summary>
    public string Display { get; }

    /// <summary>Options that are understood but have no effect here, each as a sentence for the log.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Reads a URL.</summary>
    /// <param name="url">A <c>mongodb://</c> or <c>mongodb+srv://</c> URL.</param>
    /// <exception cref="StoreException">It is wrong, or needs what this build lacks; the message says what and shows no secret.</exception>
    public static MongoConnection Parse(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (url.StartsWith(SrvConnection.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            var (srv, database) = SrvConnection.Read(url);
            return new MongoConnection(srv, database, SecretMask.Coarse(url), []);
        }
        var parts = UrlParts.Split(url);
        var options = new UrlOptions(parts.Options);
        var settings = new MongoClientSettings { Servers = parts.Hosts };
        List<string> notes = [];
        TopologyOptions.Apply(options, settings);
        ConcernOptions.Apply(options, settings, notes);
        PoolOptions.Apply(options, settings);
        TlsOptions.Apply(options, settings);
        CredentialOptions.Apply(options, parts, settings);
        CompressionOptions.Note(options, notes);
        options.RefuseUnread();
        return new MongoConnection(settings, parts.DatabaseName, SecretMask.Precise(parts), notes);
    }

    /// <summary>The masked URL.</summary>
    public override string ToString() => Display;
}
