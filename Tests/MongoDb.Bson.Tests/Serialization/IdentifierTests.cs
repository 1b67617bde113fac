using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Bson.Serialization.IdGenerators;
using MongoDB.Bson.Serialization.Serializers;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Serialization;

/// <summary>Which generator makes the ids of a class, and what the generators make.</summary>
public sealed class IdentifierTests
{
    [Fact]
    public void Generator_OfEachTypeOfId_IsChosenByTypeAndAttributes()
    {
        Assert.IsType<ObjectIdGenerator>(GeneratorOf<Holder<ObjectId>>());
        Assert.IsType<GuidGenerator>(GeneratorOf<StandardGuid>());
        Assert.IsType<StringObjectIdGenerator>(GeneratorOf<TextAsObjectId>());
        Assert.IsType<CombGuidGenerator>(GeneratorOf<Chosen>());
        Assert.IsType<BsonObjectIdGenerator>(GeneratorOf<Holder<BsonObjectId>>());
        Assert.Null(GeneratorOf<Holder<string>>());
        Assert.Null(GeneratorOf<Holder<int>>());
    }

    [Fact]
    public void Document_WithoutId_GetsOneInFront()
    {
        var document = new BsonDocument("a", 1);
        var provider = Assert.IsAssignableFrom<IBsonIdProvider>(BsonDocumentSerializer.Instance);
        Assert.True(provider.GetDocumentId(document, out var id, out _, out var generator));
        Assert.True(generator.IsEmpty(id));
        provider.SetDocumentId(document, generator.GenerateId(null, document));
        Assert.Equal(("_id", BsonType.ObjectId), (document.GetElement(0).Name, document[0].BsonType));
        Assert.True(provider.GetDocumentId(document, out id, out _, out generator));
        Assert.False(generator.IsEmpty(id));
    }

    [Fact]
    public void Object_WithoutId_GetsTheGeneratedOne()
    {
        var value = new TextAsObjectId();
        var provider = Assert.IsAssignableFrom<IBsonIdProvider>(BsonSerializer.LookupSerializer<TextAsObjectId>());
        Assert.True(provider.GetDocumentId(value, out var id, out var type, out var generator));
        Assert.Equal(typeof(string), type);
        Assert.True(generator.IsEmpty(id));
        provider.SetDocumentId(value, generator.GenerateId(null, value));
        Assert.True(ObjectId.TryParse(value.Id, out _));
        Assert.False(Assert.IsAssignableFrom<IBsonIdProvider>(BsonSerializer.LookupSerializer<WithoutId>()).GetDocumentId(new WithoutId(), out _, out _, out _));
    }

    [Fact]
    public void IsEmpty_OfEachGenerator_KnowsItsNothing()
    {
        AssertEmpty(ObjectIdGenerator.Instance, null, ObjectId.Empty);
        AssertEmpty(BsonObjectIdGenerator.Instance, null, new BsonObjectId(ObjectId.Empty));
        AssertEmpty(StringObjectIdGenerator.Instance, null, "");
        AssertEmpty(GuidGenerator.Instance, null, Guid.Empty);
        AssertEmpty(CombGuidGenerator.Instance, null, Guid.Empty);
        AssertEmpty(AscendingGuidGenerator.Instance, null, Guid.Empty);
        AssertEmpty(BsonBinaryDataGuidGenerator.StandardInstance, null, new BsonBinaryData(Guid.Empty, GuidRepresentation.Standard));
        Assert.True(NullIdChecker.Instance.IsEmpty(null));
        Assert.False(NullIdChecker.Instance.IsEmpty(0));
        Assert.True(new ZeroIdChecker<int>().IsEmpty(0));
        Assert.False(new ZeroIdChecker<int>().IsEmpty(1));
        Assert.Throws<InvalidOperationException>(() => NullIdChecker.Instance.GenerateId(null, null));
        Assert.Throws<InvalidOperationException>(() => new ZeroIdChecker<int>().GenerateId(null, null));
    }

    [Fact]
    public void CombGuid_OfATime_HasItInItsLastBytes()
    {
        var guid = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        var comb = CombGuidGenerator.Instance.NewCombGuid(guid, new DateTime(2013, 4, 2, 0, 0, 1, DateTimeKind.Utc));
        Assert.Equal(new Guid("00112233-4455-6677-8899-a1940000012c"), comb);
    }

    [Fact]
    public void AscendingGuid_OfTimeMachineAndCount_HasThemInThisOrder()
    {
        var generator = AscendingGuidGenerator.Instance;
        var guid = (Guid)generator.GenerateId(0x0102030405060708, [0x11, 0x12, 0x13, 0x14, 0x15], 0x212223);
        Assert.Equal(new Guid("01020304-0506-0708-1112-131415212223"), guid);
        var (first, second) = ((Guid)generator.GenerateId(null, null), (Guid)generator.GenerateId(null, null));
        Assert.True(first.CompareTo(second) < 0, $"{first} {second}");
    }

    private static void AssertEmpty(IIdGenerator generator, params object?[] nothings)
    {
        Assert.All(nothings, nothing => Assert.True(generator.IsEmpty(nothing)));
        var (first, second) = (generator.GenerateId(null, null), generator.GenerateId(null, null));
        Assert.False(generator.IsEmpty(first));
        Assert.NotEqual(first, second);
    }

    private static IIdGenerator? GeneratorOf<T>() => BsonClassMap.LookupClassMap(typeof(T)).IdMemberMap.IdGenerator;

    private sealed class Holder<T>
    {
        public T? Id { get; set; }
    }

    private sealed class StandardGuid
    {
        [BsonGuidRepresentation(GuidRepresentation.Standard)]
        public Guid Id { get; set; }
    }

    private sealed class TextAsObjectId
    {
        [BsonRepresentation(BsonType.ObjectId)]
        public string? Id { get; set; }
    }

    private sealed class Chosen
    {
        [BsonId(IdGenerator = typeof(CombGuidGenerator)), BsonGuidRepresentation(GuidRepresentation.Standard)]
        public Guid Key { get; set; }
    }

    private sealed class WithoutId
    {
        public int Number { get; set; }
    }
}
