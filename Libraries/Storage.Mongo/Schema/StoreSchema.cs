using System.Globalization;
using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Creates the database's documents and indexes, and brings older ones forward.</summary>
internal static class StoreSchema
{
    // Marks the database as ours, so that another program's is never altered.
    private const string Application = "imagelibrary";
    private const string LeastServer = "6.0";
    private const int NamespaceNotFound = 26;
    private const int IndexNotFound = 27;
    private const int IndexOptionsConflict = 85;
    private const int IndexKeySpecsConflict = 86;

    // Each step brings a database from the version of its index to the next one, and may be repeated: two processes may start at once.
    private static readonly Func<IMongoCollection<BsonDocument>, IMongoCollection<BsonDocument>, CancellationToken, Task>[] Migrations =
        [CreateAsync, SumDerivativesAsync];

    /// <summary>The version that this program writes.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Creates or migrates, then makes sure that every index is there.</summary>
    /// <exception cref="StoreException">The server is too old, the database newer or another program's, or an index is not ours.</exception>
    public static async Task ApplyAsync(
        IMongoDatabase database, IMongoCollection<BsonDocument> meta, IMongoCollection<BsonDocument> records, CancellationToken cancellationToken)
    {
        var build = await database.RunCommandAsync<BsonDocument>(new BsonDocument("buildInfo", 1), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        RefuseOldServer(build["version"].AsString);
        var version = await VersionAsync(database, meta, cancellationToken).ConfigureAwait(false);
        if (version > Version)
        {
            throw new StoreException(string.Create(
                CultureInfo.InvariantCulture,
                $"The database '{database.DatabaseNamespace.DatabaseName}' has schema version {version}, written by a newer program, but this one knows {Version}; start the newer program, or use another database."));
        }
        for (var step = version; step < Version; step++)
        {
            await Migrations[step](meta, records, cancellationToken).ConfigureAwait(false);
            await meta.UpdateOneAsync(
                MetaDocuments.Schema,
                new BsonDocument("$max", new BsonDocument("version", step + 1)),
                options: null,
                cancellationToken).ConfigureAwait(false);
        }
        await CreateIndexesAsync(records, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Refuses a server that lacks what the store's commands need.</summary>
    /// <param name="version">What the server tells of itself, as "6.0.5" or "7.1.0-rc0".</param>
    /// <exception cref="StoreException">The server is too old.</exception>
    internal static void RefuseOldServer(string version)
    {
        if (Number(version) < Number(LeastServer))
        {
            throw new StoreException($"The MongoDB server has version {version}; at least {LeastServer} is needed.");
        }
    }

    private static async Task CreateIndexesAsync(IMongoCollection<BsonDocument> records, CancellationToken cancellationToken)
    {
        try
        {
            await records.Indexes.CreateManyAsync(RecordIndexes.All, cancellationToken).ConfigureAwait(false);
        }
        catch (MongoCommandException fault) when (fault.Code is IndexOptionsConflict or IndexKeySpecsConflict)
        {
            // Not replaced here: another version of this program may be at work with it.
            throw new StoreException(
                $"An index of '{records.CollectionNamespace}' stands in the way of one that this program needs; drop it, and start again: {fault.ErrorMessage}", fault);
        }
    }

    private static async Task<int> VersionAsync(IMongoDatabase database, IMongoCollection<BsonDocument> meta, CancellationToken cancellationToken)
    {
        var schema = await meta.Find(MetaDocuments.Schema).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (schema is null)
        {
            using var names = await database.ListCollectionNamesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            if (await names.AnyAsync(cancellationToken).ConfigureAwait(false))
            {
                // Another process may have begun to create the schema since we looked.
                schema = await meta.Find(MetaDocuments.Schema).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
                return schema is null ? throw Foreign(database) : new Fields(schema).Int("version");
            }
            await meta.UpdateOneAsync(
                MetaDocuments.Schema,
                new BsonDocument("$setOnInsert", new BsonDocument { { "application", Application }, { "version", 0 } }),
                new UpdateOptions { IsUpsert = true },
                cancellationToken).ConfigureAwait(false);
            return 0;
        }
        return new Fields(schema).OptionalText("application") == Application ? new Fields(schema).Int("version") : throw Foreign(database);
    }

    private static StoreException Foreign(IMongoDatabase database) => new(
        $"The database '{database.DatabaseNamespace.DatabaseName}' belongs to another program; name another one in the path of MONGODB_URL.");

    private static async Task CreateAsync(
        IMongoCollection<BsonDocument> meta, IMongoCollection<BsonDocument> records, CancellationToken cancellationToken)
    {
        await meta.UpdateOneAsync(
            MetaDocuments.Libraries,
            new BsonDocument("$setOnInsert", new BsonDocument { { "version", 0L }, { "libraries", new BsonArray() } }),
            new UpdateOptions { IsUpsert = true },
            cancellationToken).ConfigureAwait(false);
    }

    // Another index took the place of the one that summed up images only.
    private static async Task SumDerivativesAsync(
        IMongoCollection<BsonDocument> meta, IMongoCollection<BsonDocument> records, CancellationToken cancellationToken)
    {
        await records.UpdateManyAsync(
            new BsonDocument { { "collection", new BsonDocument("$gte", "") }, { "files", new BsonDocument("$exists", false) } },
            new BsonDocumentStagePipelineDefinition<BsonDocument, BsonDocument>([Expressions.Set(SegmentStages.Files)]),
            options: null,
            cancellationToken).ConfigureAwait(false);
        try
        {
            await records.Indexes.DropOneAsync("library_images", cancellationToken).ConfigureAwait(false);
        }
        catch (MongoCommandException fault) when (fault.Code is NamespaceNotFound or IndexNotFound)
        {
            // A new database, or another process was faster.
        }
    }

    private static Version Number(string version) =>
        System.Version.TryParse(new string([.. version.TakeWhile(digit => char.IsAsciiDigit(digit) || digit == '.')]), out var number)
            ? number
            : new Version(0, 0);
}
