using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Bson.Serialization.Options;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Serialization;

public sealed class ClassMapTests
{
    [Fact]
    public void Attributes_OnMembers_ShapeTheDocument()
    {
        var value = new Attributed { Id = "0123456789abcdef01234567", Name = "n", Extra = new BsonDocument("other", 1), Required = 1 };
        var document = value.ToBsonDocument();
        Assert.Equal(
            "{ \"name\" : \"n\", \"_id\" : { \"$oid\" : \"0123456789abcdef01234567\" }, \"Number\" : \"0\", \"Days\" : [\"Friday\"], " +
            "\"Duration\" : 5, \"Pairs\" : [[1, \"x\"]], \"other\" : 1, \"Required\" : 1 }",
            document.ToJson());
        var again = BsonSerializer.Deserialize<Attributed>(document);
        Assert.Equal(document, again.ToBsonDocument());
        Assert.Equal(7, again.Default);
    }

    [Fact]
    public void RequiredElement_Missing_IsNamed()
    {
        var exception = Assert.Throws<FormatException>(() => BsonSerializer.Deserialize<Attributed>(new BsonDocument("name", "x")));
        Assert.Contains("'Required'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongType_DeepInside_IsNamedByMembersAndClasses()
    {
        var document = BsonDocument.Parse("{ Name: 'x', Items: [{ Size: 1, Label: 'a' }, { Size: 'big', Label: 'b' }] }");
        var exception = Assert.Throws<FormatException>(() => BsonSerializer.Deserialize<Outer>(document));
        Assert.Contains("'Items'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'Size'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Inner), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownElement_WithoutAPlaceForIt_IsRefused() =>
        Assert.Throws<FormatException>(() => BsonSerializer.Deserialize<Inner>(BsonDocument.Parse("{ Size: 1, Label: 'a', More: 2 }")));

    [Fact]
    public void Record_WithPositionalAndInitMembers_ComesBack()
    {
        var value = new Outer("o", [new Inner(1, "a"), new Inner(2, "b")]) { Note = "n", Kind = DayOfWeek.Monday };
        var again = BsonSerializer.Deserialize<Outer>(value.ToBson());
        Assert.Equal((value.Name, value.Note, value.Kind), (again.Name, again.Note, again.Kind));
        Assert.Equal(value.Items, again.Items);
    }

    [Fact]
    public void Constructor_OfAnImmutableClass_IsChosenByTheElements()
    {
        Assert.Equal((1, "x"), BsonSerializer.Deserialize<Immutable>(BsonDocument.Parse("{ A: 1, B: 'x' }")).Values);
        Assert.Equal((1, "default"), BsonSerializer.Deserialize<Immutable>(BsonDocument.Parse("{ A: 1 }")).Values);
        Assert.Throws<BsonSerializationException>(() => BsonSerializer.Deserialize<Immutable>(BsonDocument.Parse("{ B: 'x' }")));
    }

    [Fact]
    public void Subclasses_OfARootClass_AreToldByTheirDiscriminators()
    {
        var value = new Holder { Shape = new Circle { Radius = 2 } };
        var document = value.ToBsonDocument();
        Assert.Equal("{ \"Shape\" : { \"_t\" : [\"Shape\", \"Circle\"], \"Radius\" : 2 } }", document.ToJson());
        Assert.Equal(2, Assert.IsType<Circle>(BsonSerializer.Deserialize<Holder>(document).Shape).Radius);
        document["Shape"]["_t"] = "Nothing";
        Assert.ThrowsAny<FormatException>(() => BsonSerializer.Deserialize<Holder>(document));
    }

    [Fact]
    public void ClassMap_ByCode_ShapesTheDocument()
    {
        BsonClassMap.TryRegisterClassMap<Mapped>(map =>
        {
            map.AutoMap();
            map.MapIdMember(value => value.Key);
            map.MapMember(value => value.Text).SetElementName("t").SetIgnoreIfNull(true);
            map.SetIgnoreExtraElements(true);
        });
        Assert.Equal("{ \"_id\" : 1 }", new Mapped { Key = 1 }.ToJson());
        Assert.Equal("x", BsonSerializer.Deserialize<Mapped>(BsonDocument.Parse("{ _id: 1, t: 'x', u: 2 }")).Text);
    }

    [Fact]
    public void Members_AskedByAQueryTranslator_AnswerWithElementAndSerializer()
    {
        var serializer = Assert.IsAssignableFrom<IBsonDocumentSerializer>(BsonSerializer.LookupSerializer<Attributed>());
        Assert.True(serializer.TryGetMemberSerializationInfo(nameof(Attributed.Id), out var id));
        Assert.Equal(("_id", BsonType.ObjectId), (id.ElementName, Assert.IsAssignableFrom<IHasRepresentationSerializer>(id.Serializer).Representation));
        Assert.True(serializer.TryGetMemberSerializationInfo(nameof(Attributed.Days), out var days));
        Assert.True(Assert.IsAssignableFrom<IBsonArraySerializer>(days.Serializer).TryGetItemSerializationInfo(out var item));
        Assert.Equal(BsonType.String, Assert.IsAssignableFrom<IHasRepresentationSerializer>(item.Serializer).Representation);
        Assert.True(serializer.TryGetMemberSerializationInfo(nameof(Attributed.Pairs), out var pairs));
        Assert.Equal(DictionaryRepresentation.ArrayOfArrays, Assert.IsAssignableFrom<IBsonDictionarySerializer>(pairs.Serializer).DictionaryRepresentation);
        Assert.False(serializer.TryGetMemberSerializationInfo("Nothing", out _));
    }

    private sealed class Attributed
    {
        [BsonId, BsonRepresentation(BsonType.ObjectId)]
        public string? Id { get; set; }

        [BsonElement("name", Order = 1)]
        public string? Name { get; set; }

        [BsonIgnore]
        public int Ignored { get; set; }

        [BsonIgnoreIfNull]
        public string? Missing { get; set; }

        [BsonDefaultValue(7), BsonIgnoreIfDefault]
        public int Default { get; set; } = 7;

        [BsonRepresentation(BsonType.String)]
        public int Number { get; set; }

        [BsonRepresentation(BsonType.String)]
        public List<DayOfWeek> Days { get; set; } = [DayOfWeek.Friday];

        [BsonTimeSpanOptions(BsonType.Int64, TimeSpanUnits.Seconds)]
        public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(5);

        [BsonDictionaryOptions(DictionaryRepresentation.ArrayOfArrays)]
        public Dictionary<int, string> Pairs { get; set; } = new() { [1] = "x" };

        [BsonExtraElements]
        public BsonDocument? Extra { get; set; }

        [BsonRequired]
        public int Required { get; set; }
    }

    private sealed record Outer(string Name, IReadOnlyList<Inner> Items)
    {
        public string? Note { get; init; }

        public DayOfWeek Kind { get; init; }
    }

    private sealed record Inner(int Size, string Label);

    private sealed class Immutable
    {
        [BsonConstructor]
        public Immutable(int a) : this(a, "default") { }

        [BsonConstructor]
        public Immutable(int a, string b) => (A, B) = (a, b);

        public int A { get; }

        public string B { get; }

        [BsonIgnore]
        public (int, string) Values => (A, B);
    }

    private sealed class Holder
    {
        public Shape? Shape { get; set; }
    }

    [BsonDiscriminator(RootClass = true), BsonKnownTypes(typeof(Circle))]
    private abstract class Shape;

    private sealed class Circle : Shape
    {
        public int Radius { get; set; }
    }

    private sealed class Mapped
    {
        public int Key { get; set; }

        public string? Text { get; set; }
    }
}
