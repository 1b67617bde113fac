using ImageLibrary.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>The store on MongoDB: images lie in segments of a few hundred, and several processes share one database.</summary>
public sealed partial class MongoLibraryStore : ILibraryStore
{
    private const string RecordsName = "records";
    private const string MetaName = "meta";

    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly MongoClient _client;
    private readonly IMongoDatabase _database;
    private readonly IMongoCollection<BsonDocument> _records;
    private readonly IMongoCollection<BsonDocument> _meta;
    private readonly SegmentMaps _maps;
    private readonly RecordWriter _writer;
    private readonly DerivativeKinds _kinds;
    private int _disposed;

    /// <summary>Creates the store; nothing is connected before <see cref="InitializeAsync"/>.</summary>
    /// <param name="options">Which server and database.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="log">Where stored documents that do not fit are reported; nowhere when null.</param>
    /// <exception cref="ArgumentException">An option cannot be used.</exception>
    public MongoLibraryStore(MongoStoreOptions options, TimeProvider? time = null, ILogger<MongoLibraryStore>? log = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _time = time ?? TimeProvider.System;
        _log = log ?? NullLogger<MongoLibraryStore>.Instance;
        _client = new MongoClient(options.Client);
        _database = _client.GetDatabase(options.Database);
        // What a caller was told is recorded stays recorded, through the loss of a server and of power.
        var durable = new MongoCollectionSettings { WriteConcern = WriteConcern.WMajority.With(journal: true), ReadPreference = ReadPreference.Primary };
        _records = _database.GetCollection<BsonDocument>(RecordsName, durable);
        _meta = _database.GetCollection<BsonDocument>(MetaName, durable);
        _maps = new SegmentMaps(_records);
        _writer = new RecordWriter(_records, _maps);
        _kinds = new DerivativeKinds(_meta, options.SettingsAge);
    }

    /// <summary>Commands so far that changed jobs, collections or images.</summary>
    public long WriteCommands => _writer.Transactions;

    /// <summary>Image records written so far; an unchanged rescan writes none.</summary>
    public long ImageWrites => _writer.ImageWrites;

    /// <inheritdoc/>
    public string Product => "MongoDB";

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken = default) => RunAsync(
        async () =>
        {
            await StoreSchema.ApplyAsync(_database, _meta, _records, cancellationToken).ConfigureAwait(false);
            return true;
        });

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken = default) => RunAsync(
        () => _database.RunCommandAsync<BsonDocument>(new BsonDocument("ping", 1), ReadPreference.Primary, cancellationToken));

    /// <inheritdoc/>
    public Task<bool> GetPauseAllAsync(CancellationToken cancellationToken = default) => RunAsync(
        async () => await _meta.Find(MetaDocuments.PauseAll).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } flag
            && new Fields(flag).Flag("value"));

    /// <inheritdoc/>
    public Task SetPauseAllAsync(bool paused, CancellationToken cancellationToken = default) => RunAsync(
        () => _meta.UpdateOneAsync(
            MetaDocuments.PauseAll,
            new BsonDocument("$set", new BsonDocument("value", paused)),
            new UpdateOptions { IsUpsert = true },
            cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _client.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    private static async Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception fault) when (MongoFaults.Translate(fault) is { } translated)
        {
            throw translated;
        }
    }

    private long Now() => _time.GetUtcNow().UtcTicks;

    /// <summary>Reads a document; one that does not fit is reported and left out, so that the others can still be seen.</summary>
    private T? ReadOrReport<T>(BsonDocument document, string name, Func<BsonDocument, T> read)
        where T : class
    {
        try
        {
            return read(document);
        }
        catch (UnfitRecordException e)
        {
            LogUnfit(name, document.GetValue("_id", document.GetValue("id", BsonNull.Value)), e.Message);
            return null;
        }
    }

    /// <summary>Takes the next numbers of a sequence.</summary>
    /// <returns>The first of them.</returns>
    private async Task<long> TakeNumbersAsync(int count, CancellationToken cancellationToken)
    {
        var after = await _meta.FindOneAndUpdateAsync(
            MetaDocuments.Numbers,
            new BsonDocument("$inc", new BsonDocument("next", (long)count)),
            new FindOneAndUpdateOptions<BsonDocument> { IsUpsert = true, ReturnDocument = ReturnDocument.After },
            cancellationToken).ConfigureAwait(false);
        return new Fields(after).Long("next") - count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stored {Name} {Id} is left out: {Problem}")]
    private partial void LogUnfit(string name, BsonValue id, string problem);
}
