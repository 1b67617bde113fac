using ImageLibrary.Core;
using MongoDB.Bson;

namespace ImageLibrary.Storage.Mongo;

/// <summary>An order of the list of collections, with its indexes and cursors.</summary>
internal sealed class CollectionOrder
{
    private readonly string? _key;
    private readonly string _index;
    private readonly string _libraryIndex;

    private CollectionOrder(char tag, string? key, string index, string libraryIndex)
    {
        Tag = tag;
        _key = key;
        _index = index;
        _libraryIndex = libraryIndex;
    }

    public char Tag { get; }

    public BsonDocument Sort => _key is null ? new BsonDocument("added", -1) : new BsonDocument { { _key, 1 }, { "added", 1 } };

    public static CollectionOrder Of(CollectionSort sort) => sort switch
    {
        CollectionSort.Name => new CollectionOrder('n', "nameKey", RecordIndexes.NameOrder, RecordIndexes.LibraryNameOrder),
        CollectionSort.Added => new CollectionOrder('a', null, RecordIndexes.AddedOrder, RecordIndexes.LibraryAddedOrder),
        _ => new CollectionOrder('p', "pathKey", RecordIndexes.PathOrder, RecordIndexes.LibraryPathOrder),
    };

    public string Index(bool ofLibrary) => ofLibrary ? _libraryIndex : _index;

    /// <summary>The collections behind a position.</summary>
    public BsonDocument Behind(PageCursor? after)
    {
        if (_key is null)
        {
            return new BsonDocument("added", after is null ? new BsonDocument("$gte", 0) : new BsonDocument { { "$gte", 0 }, { "$lt", after.Number } });
        }
        var key = ImageDocument.Key(after?.Key ?? []);
        var match = new BsonDocument(_key, new BsonDocument("$gte", key));
        if (after is not null)
        {
            match.Add("$or", new BsonArray
            {
                new BsonDocument(_key, new BsonDocument("$gt", key)), new BsonDocument("added", new BsonDocument("$gt", after.Number)),
            });
        }
        return match;
    }

    public PageCursor Position(BsonDocument row) =>
        new(_key is null ? [] : ImageDocument.Bytes(new Fields(row).TextOrEmpty(_key)), new Fields(row).LongOrZero("added"));
}
