using MongoDB.Bson;
using MongoDB.Bson.IO;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Values;

/// <summary>Documents and arrays over encoded bytes: raw ones stay encoded, lazy ones are decoded where they are looked at.</summary>
public sealed class EncodedDocumentTests
{
    private static readonly BsonDocument Sample = BsonDocument.Parse("{ a: 1, list: [1, { x: 'y' }, [2]], inner: { deep: { z: true } } }");

    [Fact]
    public void RawDocument_LookedAt_GivesRawChildren()
    {
        using var raw = new RawBsonDocument(Sample.ToBson());
        Assert.Equal((3, true, 1), (raw.ElementCount, raw.Contains("inner"), raw["a"].AsInt32));
        var list = Assert.IsType<RawBsonArray>(raw["list"]);
        Assert.IsType<RawBsonDocument>(raw["inner"]);
        Assert.Equal((3, 1), (list.Count, list[0].AsInt32));
        Assert.Equal("y", Assert.IsType<RawBsonDocument>(list[1])["x"].AsString);
        Assert.Equal(2, Assert.IsType<RawBsonArray>(list[2])[0].AsInt32);
        Assert.Equal(Sample, raw);
        Assert.Equal(Sample["list"], list);
        Assert.Equal([1, Sample["list"][1], Sample["list"][2]], list.Values);
    }

    [Fact]
    public void RawArrayAndDocument_Changed_RefuseIt()
    {
        using var raw = new RawBsonDocument(Sample.ToBson());
        var list = Assert.IsType<RawBsonArray>(raw["list"]);
        Action[] changes =
        [
            () => raw["a"] = 2, () => raw.Add("b", 1), () => raw.Remove("a"), () => raw.Clear(),
            () => list[0] = 2, () => list.Add(1), () => list.RemoveAt(0), () => list.Clear(),
        ];
        Assert.All(changes, change => Assert.Throws<NotSupportedException>(change));
        Assert.Equal(Sample, raw);
    }

    [Fact]
    public void RawArray_MaterializedOrCloned_OutlivesItsDocument()
    {
        var raw = new RawBsonDocument(Sample.ToBson());
        var list = Assert.IsType<RawBsonArray>(raw["list"]);
        var copy = list.Materialize(BsonBinaryReaderSettings.Defaults);
        var clone = Assert.IsType<RawBsonArray>(list.DeepClone());
        raw.Dispose();
        Assert.Throws<ObjectDisposedException>(() => list[0]);
        Assert.Throws<ObjectDisposedException>(() => raw.ElementCount);
        Assert.Equal(Sample["list"], copy);
        Assert.Equal(Sample["list"], clone);
        copy.Add(3);
        Assert.Equal(4, copy.Count);
    }

    [Fact]
    public void LazyDocument_LookedAt_GivesLazyChildren()
    {
        using var lazy = new LazyBsonDocument(Sample.ToBson());
        Assert.False(lazy.IsMaterialized);
        Assert.NotNull(lazy.Slice);
        var list = Assert.IsType<LazyBsonArray>(lazy["list"]);
        var inner = Assert.IsType<LazyBsonDocument>(lazy["inner"]);
        Assert.True(lazy.IsMaterialized);
        Assert.False(list.IsMaterialized);
        Assert.False(inner.IsMaterialized);
        Assert.Equal("y", list[1]["x"].AsString);
        Assert.True(list.IsMaterialized);
        Assert.False(inner.IsMaterialized);
        Assert.Equal(Sample, lazy);
    }

    [Fact]
    public void LazyDocument_ChangedOnEachLevel_HasTheChanges()
    {
        using var lazy = new LazyBsonDocument(Sample.ToBson());
        lazy["inner"]["deep"]["z"] = false;
        lazy["inner"].AsBsonDocument.Add("more", 1);
        lazy["list"].AsBsonArray.Insert(0, "first");
        lazy["list"][2]["x"] = BsonNull.Value;
        lazy["list"].AsBsonArray.RemoveAt(3);
        lazy.Remove("a");
        lazy.InsertAt(0, new BsonElement("new", 1));
        var expected = BsonDocument.Parse("{ new: 1, list: ['first', 1, { x: null }], inner: { deep: { z: false }, more: 1 } }");
        Assert.Equal(expected, lazy);
        Assert.Equal(expected.ToBson(), lazy.ToBson());
    }

    [Fact]
    public void LazyDocument_ChangedAfterCloning_LeavesTheCloneAsItWas()
    {
        using var lazy = new LazyBsonDocument(Sample.ToBson());
        using var clone = Assert.IsType<LazyBsonDocument>(lazy.DeepClone());
        lazy["a"] = 2;
        lazy["list"].AsBsonArray.Clear();
        Assert.Equal(Sample, clone);
        clone["inner"]["deep"] = 1;
        Assert.True(lazy["inner"]["deep"]["z"].AsBoolean);
        Assert.Equal((2, 0), (lazy["a"].AsInt32, lazy["list"].AsBsonArray.Count));
    }

    [Fact]
    public void LazyDocument_DisposedOf_RefusesToBeLookedAt()
    {
        var lazy = new LazyBsonDocument(Sample.ToBson());
        lazy.Dispose();
        Assert.True(lazy.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => lazy["a"]);
        Assert.Throws<ArgumentException>(() => new LazyBsonDocument(new ByteArrayBuffer(Sample.ToBson(), isReadOnly: false)));
    }
}
