using System.Collections;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Bson.Serialization.Options;
using MongoDB.Bson.Serialization.Serializers;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Serialization;

/// <summary>Tuples, sequences, sets and dictionaries as members of a class.</summary>
public sealed class CollectionTests
{
    [Fact]
    public void Tuples_OfBothKinds_AreArrays()
    {
        var value = new Tuples
        {
            Value = (1, "a", true),
            Reference = Tuple.Create("x", 2L),
            Eight = (1, 2, 3, 4, 5, 6, 7, "8"),
            Optional = null,
            Nested = ((1, 2), [(3, 4)]),
        };
        var document = value.ToBsonDocument();
        Assert.Equal(
            BsonDocument.Parse(
                "{ Value: [1, 'a', true], Reference: ['x', NumberLong(2)], Eight: [1, 2, 3, 4, 5, 6, 7, ['8']], Optional: null, Nested: [[1, 2], [[3, 4]]] }"),
            document);
        var again = BsonSerializer.Deserialize<Tuples>(document);
        Assert.Equal((value.Value, value.Reference, value.Eight, value.Optional), (again.Value, again.Reference, again.Eight, again.Optional));
        Assert.Equal(((1, 2), (3, 4)), (again.Nested.Item1, Assert.Single(again.Nested.Item2)));
    }

    [Fact]
    public void Tuple_WithTooFewItems_IsRefused() =>
        Assert.ThrowsAny<Exception>(() => BsonSerializer.Deserialize<Tuples>(BsonDocument.Parse("{ Value: [1, 'a'] }")));

    [Fact]
    public void Sets_OfEachKind_KeepDistinctItems()
    {
        var document = BsonDocument.Parse("{ Hash: [3, 1], Sorted: [1, 3], Interface: [3, 1], ReadOnly: { _t: 'HashSet<Int32>', _v: [2] } }");
        var value = new Sets { Hash = [3, 1, 3], Sorted = [3, 1, 3], Interface = new HashSet<int> { 3, 1 }, ReadOnly = new HashSet<int> { 2 } };
        Assert.Equal(document, value.ToBsonDocument());
        document["Hash"].AsBsonArray.Add(3);
        document["Sorted"] = new BsonArray { 3, 1, 3 };
        var again = BsonSerializer.Deserialize<Sets>(document);
        Assert.Equal(value.Hash, again.Hash);
        Assert.Equal([1, 3], again.Sorted);
        Assert.Equal(value.Interface, again.Interface);
        Assert.Equal(value.ReadOnly, again.ReadOnly);
    }

    [Fact]
    public void ImmutableCollections_OfEachKind_ComeBackInTheirOrder()
    {
        var value = new Immutables
        {
            Array = [2, 1],
            List = ["b", "a"],
            Set = [5],
            Sorted = [2, 1],
            Queue = ImmutableQueue.Create(1, 2),
            Stack = ImmutableStack.Create(1, 2),
            Map = ImmutableDictionary<string, int>.Empty.Add("k", 1),
            SortedMap = ImmutableSortedDictionary<string, int>.Empty.Add("z", 1).Add("a", 2),
        };
        var document = value.ToBsonDocument();
        Assert.Equal(
            BsonDocument.Parse(
                "{ Array: [2, 1], List: ['b', 'a'], Set: [5], Sorted: [1, 2], Queue: [1, 2], Stack: [1, 2], Map: { k: 1 }, SortedMap: { a: 2, z: 1 } }"),
            document);
        var again = BsonSerializer.Deserialize<Immutables>(document);
        Assert.Equal(value.Array.AsEnumerable(), again.Array);
        Assert.Equal(value.List, again.List!);
        Assert.Equal(value.Set, again.Set!);
        Assert.Equal(value.Sorted, again.Sorted!);
        Assert.Equal(value.Queue, again.Queue!);
        Assert.Equal(value.Stack, again.Stack!);
        Assert.Equal(value.Map, again.Map!);
        Assert.Equal(value.SortedMap, again.SortedMap!);
    }

    [Fact]
    public void ReadOnlyAndMutableSequences_OfEachKind_ComeBackInTheirOrder()
    {
        var value = new Sequences
        {
            Collection = new ReadOnlyCollection<int>([1, 2]),
            List = [3, 4],
            Enumerable = [5, 6],
            Queue = new Queue<int>([1, 2]),
            Stack = new Stack<int>([1, 2]),
            Linked = new LinkedList<int>([7, 8]),
            Square = new[,] { { 1, 2 }, { 3, 4 } },
            Bytes = new byte[] { 1, 2 },
        };
        var document = value.ToBsonDocument();
        Assert.Equal(
            BsonDocument.Parse(
                "{ Collection: [1, 2], List: [3, 4], Enumerable: [5, 6], Queue: [1, 2], Stack: [1, 2], Linked: [7, 8], Square: [[1, 2], [3, 4]], " +
                "Bytes: BinData(0, 'AQI=') }"),
            document);
        var again = BsonSerializer.Deserialize<Sequences>(document);
        Assert.Equal(value.Collection, again.Collection);
        Assert.Equal(value.List, again.List);
        Assert.Equal(value.Enumerable, again.Enumerable);
        Assert.Equal(value.Queue, again.Queue);
        Assert.Equal(value.Stack, again.Stack);
        Assert.Equal(value.Linked, again.Linked);
        Assert.Equal(value.Square, again.Square);
        Assert.Equal(value.Bytes.ToArray(), again.Bytes.ToArray());
    }

    [Theory]
    [InlineData(DictionaryRepresentation.Document, "{ a: 1, b: 2 }")]
    [InlineData(DictionaryRepresentation.ArrayOfArrays, "[['a', 1], ['b', 2]]")]
    [InlineData(DictionaryRepresentation.ArrayOfDocuments, "[{ k: 'a', v: 1 }, { k: 'b', v: 2 }]")]
    public void Dictionary_InEachRepresentation_ComesBackFromEachOther(DictionaryRepresentation representation, string expected)
    {
        var dictionary = new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 };
        var serializer = new DictionaryInterfaceImplementerSerializer<Dictionary<string, int>, string, int>(representation);
        var document = new BsonDocument();
        using (var writer = new global::MongoDB.Bson.IO.BsonDocumentWriter(document))
        {
            writer.WriteStartDocument();
            writer.WriteName("d");
            serializer.Serialize(BsonSerializationContext.CreateRoot(writer), dictionary);
            writer.WriteEndDocument();
        }
        Assert.Equal(BsonDocument.Parse($"{{ d: {expected} }}"), document);
        // Which representation was written does not matter for reading.
        Assert.Equal(dictionary, BsonSerializer.Deserialize<Dictionaries>(document).D);
    }

    [Fact]
    public void Dictionary_WithKeysThatAreNoText_NeedsARepresentationForThem()
    {
        Assert.ThrowsAny<BsonSerializationException>(() => new Numbered { Numbers = { [1] = "x" } }.ToBsonDocument());
        var value = new NumberedAsArrays { Numbers = { [1] = "x" }, Days = { [DayOfWeek.Friday] = 5 } };
        var document = value.ToBsonDocument();
        Assert.Equal(BsonDocument.Parse("{ Numbers: [{ k: 1, v: 'x' }], Days: [[5, 5]] }"), document);
        var again = BsonSerializer.Deserialize<NumberedAsArrays>(document);
        Assert.Equal(value.Numbers, again.Numbers);
        Assert.Equal(value.Days, again.Days);
    }

    [Fact]
    public void DictionaryInterfaces_OfEachKind_ComeBack()
    {
        var value = new Interfaces
        {
            Map = new Dictionary<string, int> { ["x"] = 1 },
            ReadOnly = new Dictionary<string, int> { ["y"] = 2 },
            Sorted = new SortedDictionary<string, int> { ["z"] = 1, ["a"] = 2 },
            Pair = new KeyValuePair<string, int>("p", 1),
        };
        var document = value.ToBsonDocument();
        Assert.Equal(BsonDocument.Parse("{ Map: { x: 1 }, ReadOnly: { y: 2 }, Sorted: { a: 2, z: 1 }, Pair: { k: 'p', v: 1 } }"), document);
        var again = BsonSerializer.Deserialize<Interfaces>(document);
        Assert.Equal(value.Map, again.Map);
        Assert.Equal(value.ReadOnly, again.ReadOnly);
        Assert.Equal(value.Sorted, again.Sorted);
        Assert.Equal(value.Pair, again.Pair);
    }

    [Fact]
    public void SubclassOfACollection_InItsPlace_IsToldByADiscriminator()
    {
        var value = new Subclassed { Items = new Numbers { 1, 2 } };
        var document = value.ToBsonDocument();
        Assert.Equal(BsonDocument.Parse("{ Items: { _t: 'Numbers', _v: [1, 2] } }"), document);
        Assert.Equal([1, 2], Assert.IsType<Numbers>(BsonSerializer.Deserialize<Subclassed>(document).Items));
        Assert.Equal([3], BsonSerializer.Deserialize<Subclassed>(BsonDocument.Parse("{ Items: [3] }")).Items);
    }

    [Fact]
    public void ListsAndOtherObjects_WhoseDeclaredTypeIsObject_AreToldWhereTheyMustBe()
    {
        var value = new Objects { Plain = new List<object> { 1, "x" }, Typed = new List<int> { 1 }, Untyped = new Untyped { 2 } };
        var document = value.ToBsonDocument();
        Assert.Equal(
            BsonDocument.Parse(
                "{ Plain: [1, 'x'], Typed: { _t: 'System.Collections.Generic.List`1[System.Int32]', _v: [1] }, Untyped: { _t: 'Untyped', _v: [2] } }"),
            document);
        var again = BsonSerializer.Deserialize<Objects>(document);
        Assert.Equal([1, "x"], Assert.IsType<List<object>>(again.Plain));
        Assert.Equal([1], Assert.IsType<List<int>>(again.Typed));
        Assert.Equal(2, Assert.IsType<Untyped>(again.Untyped)[0]);
    }

    private sealed class Tuples
    {
        public (int, string, bool) Value { get; set; }

        public Tuple<string, long>? Reference { get; set; }

        public (int, int, int, int, int, int, int, string) Eight { get; set; }

        public (int, int)? Optional { get; set; }

        public ((int, int), List<(int, int)>) Nested { get; set; }
    }

    private sealed class Sets
    {
        public HashSet<int>? Hash { get; set; }

        public SortedSet<int>? Sorted { get; set; }

        public ISet<int>? Interface { get; set; }

        public IReadOnlySet<int>? ReadOnly { get; set; }
    }

    private sealed class Untyped : ArrayList;

    private sealed class Objects
    {
        public object? Plain { get; set; }

        public object? Typed { get; set; }

        public ArrayList? Untyped { get; set; }
    }

    private sealed class Numbers : List<int>;

    private sealed class Subclassed
    {
        public List<int>? Items { get; set; }
    }

    private sealed class Immutables
    {
        public ImmutableArray<int> Array { get; set; }

        public ImmutableList<string>? List { get; set; }

        public ImmutableHashSet<int>? Set { get; set; }

        public ImmutableSortedSet<int>? Sorted { get; set; }

        public ImmutableQueue<int>? Queue { get; set; }

        public ImmutableStack<int>? Stack { get; set; }

        public ImmutableDictionary<string, int>? Map { get; set; }

        public ImmutableSortedDictionary<string, int>? SortedMap { get; set; }
    }

    private sealed class Sequences
    {
        public ReadOnlyCollection<int>? Collection { get; set; }

        public IReadOnlyList<int>? List { get; set; }

        public IEnumerable<int>? Enumerable { get; set; }

        public Queue<int>? Queue { get; set; }

        public Stack<int>? Stack { get; set; }

        public LinkedList<int>? Linked { get; set; }

        public int[,]? Square { get; set; }

        public ReadOnlyMemory<byte> Bytes { get; set; }
    }

    private sealed class Dictionaries
    {
        [BsonElement("d")]
        public Dictionary<string, int>? D { get; set; }
    }

    private sealed class Numbered
    {
        public Dictionary<int, string> Numbers { get; set; } = [];
    }

    private sealed class NumberedAsArrays
    {
        [BsonDictionaryOptions(DictionaryRepresentation.ArrayOfDocuments)]
        public Dictionary<int, string> Numbers { get; set; } = [];

        [BsonDictionaryOptions(DictionaryRepresentation.ArrayOfArrays)]
        public Dictionary<DayOfWeek, int> Days { get; set; } = [];
    }

    private sealed class Interfaces
    {
        public IDictionary<string, int>? Map { get; set; }

        public IReadOnlyDictionary<string, int>? ReadOnly { get; set; }

        public SortedDictionary<string, int>? Sorted { get; set; }

        public KeyValuePair<string, int> Pair { get; set; }
    }
}
