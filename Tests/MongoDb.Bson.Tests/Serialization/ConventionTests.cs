using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Bson.Serialization.Conventions;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Serialization;

/// <summary>Convention packs, which hold for the types that their filters choose, and the registry of them.</summary>
public sealed class ConventionTests
{
    [Fact]
    public void Lookup_WithPacksOfOthers_PutsThemBetweenDefaultsAndAttributes()
    {
        var mine = new IgnoreIfNullConvention(true);
        using var registered = Registered.For<Ordered>(mine);
        var conventions = ConventionRegistry.Lookup(typeof(Ordered)).Conventions.ToList();
        var defaults = DefaultConventionPack.Instance.Conventions.ToList();
        Assert.Equal(defaults, conventions.Take(defaults.Count));
        Assert.Same(mine, conventions[defaults.Count]);
        Assert.Equal(AttributeConventionPack.Instance.Conventions, conventions.Skip(defaults.Count + 1));
        Assert.DoesNotContain(mine, ConventionRegistry.Lookup(typeof(ConventionTests)).Conventions);
    }

    [Fact]
    public void Remove_OfAPack_LeavesTheOthers()
    {
        var (first, second) = (new IgnoreIfNullConvention(true), new IgnoreIfNullConvention(true));
        using var stays = Registered.For<Removed>(first);
        using (Registered.For<Removed>(second))
        {
            Assert.Contains(second, ConventionRegistry.Lookup(typeof(Removed)).Conventions);
        }
        var conventions = ConventionRegistry.Lookup(typeof(Removed)).Conventions.ToList();
        Assert.Contains(first, conventions);
        Assert.DoesNotContain(second, conventions);
    }

    [Fact]
    public void Pack_InWhichConventionsArePutAndRemoved_KeepsTheirOrder()
    {
        var pack = new ConventionPack { new CamelCaseElementNameConvention(), new IgnoreIfNullConvention(true) };
        pack.InsertBefore(nameof(IgnoreIfNullConvention)[..^"Convention".Length], new IgnoreExtraElementsConvention(true));
        pack.InsertAfter("CamelCaseElementName", new IgnoreIfDefaultConvention(true));
        pack.AddRange([new NoIdMemberConvention()]);
        pack.Remove("IgnoreIfNull");
        Assert.Equal(["CamelCaseElementName", "IgnoreIfDefault", "IgnoreExtraElements", "NoIdMember"], pack.Conventions.Select(convention => convention.Name));
        pack.AddMemberMapConvention("Mine", map => map.SetOrder(1));
        pack.AddClassMapConvention("Ours", map => map.SetIgnoreExtraElements(true));
        Assert.Equal(["Mine", "Ours"], pack.Conventions.Skip(4).Select(convention => convention.Name));
    }

    [Fact]
    public void NamesAndNulls_ByConvention_ShapeTheDocumentExceptWhereAttributesSayOtherwise()
    {
        using var registered = Registered.For<Shaped>(
            new CamelCaseElementNameConvention(), new IgnoreIfNullConvention(true), new EnumRepresentationConvention(BsonType.String),
            new IgnoreExtraElementsConvention(true));
        var value = new Shaped { FirstName = "a", LastName = "b", Kind = DayOfWeek.Friday, Kinds = [DayOfWeek.Monday] };
        Assert.Equal(BsonDocument.Parse("{ firstName: 'a', LAST: 'b', kind: 'Friday', kinds: [1] }"), value.ToBsonDocument());
        Assert.Equal("x", BsonSerializer.Deserialize<Shaped>(BsonDocument.Parse("{ firstName: 'x', FirstName: 'y', other: 1 }")).FirstName);
    }

    [Fact]
    public void Enumerations_ByConventionInCollections_AreText()
    {
        using var registered = Registered.For<Enumerated>(new EnumRepresentationConvention(BsonType.String, topLevelOnly: false));
        var value = new Enumerated { Days = [DayOfWeek.Monday], Optional = DayOfWeek.Sunday };
        Assert.Equal(BsonDocument.Parse("{ Days: ['Monday'], Optional: 'Sunday' }"), value.ToBsonDocument());
    }

    [Fact]
    public void Defaults_ByConvention_AreLeftOut()
    {
        using var registered = Registered.For<Sparse>(new IgnoreIfDefaultConvention(true));
        Assert.Equal(new BsonDocument("Flag", true), new Sparse { Flag = true }.ToBsonDocument());
        Assert.Equal(new BsonDocument { { "Number", 1 }, { "Text", "" } }, new Sparse { Number = 1, Text = "" }.ToBsonDocument());
    }

    [Fact]
    public void TextIds_ByConvention_AreStoredAsObjectIds()
    {
        using var registered = Registered.For<TextId>(new StringIdStoredAsObjectIdConvention());
        var id = ObjectId.GenerateNewId();
        Assert.Equal(new BsonDocument("_id", id), new TextId { Id = id.ToString() }.ToBsonDocument());
        Assert.Equal(id.ToString(), BsonSerializer.Deserialize<TextId>(new BsonDocument("_id", id)).Id);
    }

    [Fact]
    public void NamedId_ByConvention_IsTheId()
    {
        using var registered = Registered.For<Keyed>(new NamedIdMemberConvention("Key"));
        Assert.Equal(BsonDocument.Parse("{ _id: 7, Text: null }"), new Keyed { Key = 7 }.ToBsonDocument());
    }

    [Fact]
    public void Delegates_AsConventions_SeeClassesAndMembers()
    {
        var pack = new ConventionPack();
        pack.AddClassMapConvention("Extra", map => map.SetIgnoreExtraElements(true));
        pack.AddMemberMapConvention("Name", map => map.SetElementName("_" + map.MemberName));
        pack.AddPostProcessingConvention("Discriminator", map => map.SetDiscriminator("changed"));
        using var registered = Registered.For<Delegated>([.. pack.Conventions]);
        Assert.Equal(new BsonDocument("_Text", "x"), new Delegated { Text = "x" }.ToBsonDocument());
        Assert.Equal("y", BsonSerializer.Deserialize<Delegated>(BsonDocument.Parse("{ more: 1, _Text: 'y' }")).Text);
        Assert.Equal("changed", BsonClassMap.LookupClassMap(typeof(Delegated)).Discriminator);
    }

    [Fact]
    public void Discriminator_OfAGenericClass_NamesItsArguments()
    {
        Assert.Equal("Pair<Int32, List<String>>", BsonClassMap.LookupClassMap(typeof(Pair<int, List<string>>)).Discriminator);
        var value = new Holder { Value = new Pair<int, string> { First = 1, Second = "x" } };
        var document = value.ToBsonDocument();
        Assert.Equal(BsonDocument.Parse("{ Value: { _t: 'Pair<Int32, String>', First: 1, Second: 'x' } }"), document);
        Assert.Equal("x", Assert.IsType<Pair<int, string>>(BsonSerializer.Deserialize<Holder>(document).Value).Second);
    }

    /// <summary>A pack that is registered for one type, until it is disposed of.</summary>
    private sealed class Registered : IDisposable
    {
        private readonly string _name = Guid.NewGuid().ToString();

        public static Registered For<T>(params IConvention[] conventions)
        {
            var registered = new Registered();
            var pack = new ConventionPack();
            pack.AddRange(conventions);
            ConventionRegistry.Register(registered._name, pack, type => type == typeof(T));
            return registered;
        }

        public void Dispose() => ConventionRegistry.Remove(_name);
    }

    private interface IValue;

    private sealed class Pair<TFirst, TSecond> : IValue
    {
        public TFirst? First { get; set; }

        public TSecond? Second { get; set; }
    }

    private sealed class Holder
    {
        public IValue? Value { get; set; }
    }

    private sealed class Ordered;

    private sealed class Removed;

    private sealed class Shaped
    {
        public string? FirstName { get; set; }

        [BsonElement("LAST")]
        public string? LastName { get; set; }

        public string? Nothing { get; set; }

        public DayOfWeek Kind { get; set; }

        public List<DayOfWeek>? Kinds { get; set; }
    }

    private sealed class Enumerated
    {
        public List<DayOfWeek>? Days { get; set; }

        public DayOfWeek? Optional { get; set; }
    }

    private sealed class Sparse
    {
        public int Number { get; set; }

        public bool Flag { get; set; }

        public string? Text { get; set; }
    }

    private sealed class TextId
    {
        public string? Id { get; set; }
    }

    private sealed class Keyed
    {
        public int Key { get; set; }

        public string? Text { get; set; }
    }

    private sealed class Delegated
    {
        public string? Text { get; set; }
    }
}
