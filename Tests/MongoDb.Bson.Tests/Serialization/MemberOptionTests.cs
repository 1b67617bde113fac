using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Bson.Serialization.Serializers;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Serialization;

/// <summary>What attributes say of dates and GUIDs, required members, and serializers and providers of the application.</summary>
public sealed class MemberOptionTests
{
    private static readonly DateTime Moment = new(2024, 2, 29, 23, 30, 15, 250, DateTimeKind.Utc);

    [Fact]
    public void Dates_WithOptions_AreStoredAndReadAsTheySay()
    {
        var value = new Dates
        {
            Utc = Moment,
            Local = Moment.ToLocalTime(),
            Unspecified = DateTime.SpecifyKind(Moment, DateTimeKind.Unspecified),
            Day = Moment.Date,
            Text = Moment,
            Ticks = Moment,
            Optional = Moment,
        };
        var document = value.ToBsonDocument();
        Assert.Equal(
            new BsonDocument
            {
                { "Utc", Moment },
                { "Local", Moment },
                { "Unspecified", DateTime.SpecifyKind(Moment, DateTimeKind.Unspecified).ToUniversalTime() },
                { "Day", Moment.Date },
                { "Text", "2024-02-29T23:30:15.25Z" },
                { "Ticks", Moment.Ticks },
                { "Optional", Moment },
            },
            document);
        var again = BsonSerializer.Deserialize<Dates>(document);
        Assert.Equal((value.Utc, value.Local, value.Unspecified, value.Day, value.Text, value.Ticks),
            (again.Utc, again.Local, again.Unspecified, again.Day, again.Text, again.Ticks));
        Assert.Equal(
            (DateTimeKind.Utc, DateTimeKind.Local, DateTimeKind.Unspecified, DateTimeKind.Utc, DateTimeKind.Local),
            (again.Utc.Kind, again.Local.Kind, again.Unspecified.Kind, again.Day.Kind, again.Optional!.Value.Kind));
    }

    [Fact]
    public void DateOnly_WithATimeOfDay_IsRefusedInBothDirections()
    {
        Assert.ThrowsAny<BsonSerializationException>(() => new Dates { Day = Moment }.ToBsonDocument());
        Assert.Throws<FormatException>(() => BsonSerializer.Deserialize<Dates>(new BsonDocument("Day", Moment)));
    }

    [Fact]
    public void Guids_WithRepresentations_HaveTheirBytesAndSubtypes()
    {
        var guid = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        var value = new Guids { Standard = guid, CSharp = guid, Java = guid, Python = guid, Text = guid };
        var document = value.ToBsonDocument();
        AssertBinary(document["Standard"], BsonBinarySubType.UuidStandard, "00112233445566778899AABBCCDDEEFF");
        AssertBinary(document["CSharp"], BsonBinarySubType.UuidLegacy, "33221100554477668899AABBCCDDEEFF");
        AssertBinary(document["Java"], BsonBinarySubType.UuidLegacy, "7766554433221100FFEEDDCCBBAA9988");
        AssertBinary(document["Python"], BsonBinarySubType.UuidLegacy, "00112233445566778899AABBCCDDEEFF");
        Assert.Equal("00112233-4455-6677-8899-aabbccddeeff", document["Text"]);
        var again = BsonSerializer.Deserialize<Guids>(document);
        Assert.All(new[] { again.Standard, again.CSharp, again.Java, again.Python, again.Text }, read => Assert.Equal(guid, read));
    }

    [Fact]
    public void Guid_OfNoRepresentation_IsRefused() =>
        Assert.ThrowsAny<BsonSerializationException>(() => new Unspecified { Value = Guid.NewGuid() }.ToBsonDocument());

    [Fact]
    public void Guid_OfAnotherSubtypeThanTheMemberHas_IsRefused() => Assert.Throws<FormatException>(() =>
        BsonSerializer.Deserialize<Guids>(new BsonDocument("Standard", new BsonBinaryData(Guid.NewGuid(), GuidRepresentation.CSharpLegacy))));

    [Fact]
    public void RequiredMembers_OfTheLanguage_AreSetFromTheDocument()
    {
        var value = new Needed { Name = "n", Size = 3 };
        var document = value.ToBsonDocument();
        Assert.Equal(BsonDocument.Parse("{ Name: 'n', Size: 3 }"), document);
        Assert.Equal(value, BsonSerializer.Deserialize<Needed>(document));
        Assert.Equal(new NeededRecord("a") { Size = 4 }, BsonSerializer.Deserialize<NeededRecord>(BsonDocument.Parse("{ Name: 'a', Size: 4 }")));
        Assert.Equal("b", BsonSerializer.Deserialize<NeededByConstructor>(BsonDocument.Parse("{ Name: 'b' }")).Name);
    }

    // What the compiler asks of code it does not ask of documents; [BsonRequired] does.
    [Fact]
    public void RequiredMember_OfTheLanguage_MayBeMissing() =>
        Assert.Equal((null, 3), Parts(BsonSerializer.Deserialize<Needed>(new BsonDocument("Size", 3))));

    [Fact]
    public void CustomSerializer_OnAMember_IsAskedInBothDirections()
    {
        var value = new Custom { Reversed = "abc", Items = ["de"], Registered = new Celsius(21.5) };
        var document = value.ToBsonDocument();
        Assert.Equal(BsonDocument.Parse("{ Reversed: 'cba', Items: ['de'], Registered: '21.5 C' }"), document);
        var again = BsonSerializer.Deserialize<Custom>(document);
        Assert.Equal(("abc", "de", 21.5), (again.Reversed, Assert.Single(again.Items!), again.Registered!.Degrees));
    }

    [Fact]
    public void CustomProvider_ForATypeOfItsOwn_IsAskedBeforeTheOthers()
    {
        BsonSerializer.RegisterSerializationProvider(new FahrenheitProvider());
        Assert.Equal(new BsonDocument("Value", 100), new Box<Fahrenheit> { Value = new Fahrenheit(100) }.ToBsonDocument());
        Assert.Equal(50, BsonSerializer.Deserialize<Box<Fahrenheit>>(new BsonDocument("Value", 50)).Value!.Degrees);
        Assert.Equal(BsonDocument.Parse("{ Value: [32] }"), new Box<List<Fahrenheit>> { Value = [new Fahrenheit(32)] }.ToBsonDocument());
    }

    [Fact]
    public void RegisterSerializer_ASecondTimeForAType_IsRefused()
    {
        BsonSerializer.RegisterSerializer(new KelvinSerializer());
        Assert.Throws<BsonSerializationException>(() => BsonSerializer.RegisterSerializer(new KelvinSerializer()));
        var other = new NumberSerializer<Kelvin>(degrees => new Kelvin(degrees), value => value.Degrees);
        Assert.Throws<BsonSerializationException>(() => BsonSerializer.TryRegisterSerializer(other));
        Assert.Equal(new BsonDocument("Value", 1L), new Box<Kelvin> { Value = new Kelvin(1) }.ToBsonDocument());
    }

    [Fact]
    public void Culture_WithoutTheSettingsOfTheUser_SaysSoAndComesBack()
    {
        var document = new Box<CultureInfo> { Value = CultureInfo.InvariantCulture }.ToBsonDocument();
        Assert.Equal(BsonDocument.Parse("{ Value: { Name: '', UseUserOverride: false } }"), document);
        Assert.Equal(CultureInfo.InvariantCulture, BsonSerializer.Deserialize<Box<CultureInfo>>(document).Value);
        Assert.Equal(CultureInfo.InvariantCulture, BsonSerializer.Deserialize<Box<CultureInfo>>(new BsonDocument("Value", "")).Value);
    }

    private static (string?, int) Parts(Needed value) => (value.Name, value.Size);

    private static void AssertBinary(BsonValue value, BsonBinarySubType subType, string hex) =>
        Assert.Equal((subType, hex), (value.AsBsonBinaryData.SubType, Convert.ToHexString(value.AsBsonBinaryData.Bytes)));

    private sealed class Dates
    {
        public DateTime Utc { get; set; }

        [BsonDateTimeOptions(Kind = DateTimeKind.Local)]
        public DateTime Local { get; set; }

        [BsonDateTimeOptions(Kind = DateTimeKind.Unspecified)]
        public DateTime Unspecified { get; set; }

        [BsonDateTimeOptions(DateOnly = true)]
        public DateTime Day { get; set; }

        [BsonDateTimeOptions(Representation = BsonType.String)]
        public DateTime Text { get; set; }

        [BsonRepresentation(BsonType.Int64)]
        public DateTime Ticks { get; set; }

        [BsonDateTimeOptions(Kind = DateTimeKind.Local)]
        public DateTime? Optional { get; set; }
    }

    private sealed class Guids
    {
        [BsonGuidRepresentation(GuidRepresentation.Standard)]
        public Guid Standard { get; set; }

        [BsonGuidRepresentation(GuidRepresentation.CSharpLegacy)]
        public Guid CSharp { get; set; }

        [BsonGuidRepresentation(GuidRepresentation.JavaLegacy)]
        public Guid Java { get; set; }

        [BsonGuidRepresentation(GuidRepresentation.PythonLegacy)]
        public Guid Python { get; set; }

        [BsonRepresentation(BsonType.String)]
        public Guid Text { get; set; }
    }

    private sealed class Unspecified
    {
        public Guid Value { get; set; }
    }

    private sealed record Needed
    {
        public required string Name { get; set; }

        public required int Size { get; init; }
    }

    private sealed record NeededRecord(string Name)
    {
        public required int Size { get; init; }
    }

    private sealed class NeededByConstructor
    {
        [SetsRequiredMembers, BsonConstructor]
        public NeededByConstructor(string name) => Name = name;

        public required string Name { get; set; }
    }

    private sealed class Custom
    {
        [BsonSerializer(typeof(ReversingSerializer))]
        public string? Reversed { get; set; }

        public List<string>? Items { get; set; }

        [BsonSerializer(typeof(CelsiusSerializer))]
        public Celsius? Registered { get; set; }
    }

    private sealed class Box<T>
    {
        public T? Value { get; set; }
    }

    private sealed record Celsius(double Degrees);

    private sealed record Fahrenheit(int Degrees);

    private sealed record Kelvin(int Degrees);

    private sealed class ReversingSerializer : SerializerBase<string>
    {
        public override string Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) => Reverse(context.Reader.ReadString());

        public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, string value) => context.Writer.WriteString(Reverse(value));

        private static string Reverse(string text) => new([.. text.Reverse()]);
    }

    private sealed class CelsiusSerializer : SealedClassSerializerBase<Celsius>
    {
        protected override Celsius DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) =>
            new(double.Parse(context.Reader.ReadString()[..^2], CultureInfo.InvariantCulture));

        protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, Celsius value) =>
            context.Writer.WriteString(FormattableString.Invariant($"{value.Degrees} C"));
    }

    private sealed class NumberSerializer<T>(Func<int, T> create, Func<T, int> degrees) : SerializerBase<T>
    {
        public override T Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) => create(context.Reader.ReadInt32());

        public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, T value) => context.Writer.WriteInt32(degrees(value));
    }

    private sealed class KelvinSerializer : SerializerBase<Kelvin>
    {
        public override Kelvin Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) => new((int)context.Reader.ReadInt64());

        public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, Kelvin value) => context.Writer.WriteInt64(value.Degrees);
    }

    private sealed class FahrenheitProvider : IBsonSerializationProvider
    {
        public IBsonSerializer? GetSerializer(Type type) => type == typeof(Fahrenheit)
            ? new NumberSerializer<Fahrenheit>(degrees => new Fahrenheit(degrees), value => value.Degrees)
            : null;
    }
}
