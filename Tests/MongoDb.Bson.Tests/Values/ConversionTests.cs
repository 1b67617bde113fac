using System.Text.RegularExpressions;
using MongoDB.Bson;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Values;

/// <summary>From .NET values to BSON values and back: by operators, by As and To, and by the type mapper.</summary>
public sealed class ConversionTests
{
    private static readonly DateTime Moment = new(2024, 2, 29, 1, 2, 3, 4, DateTimeKind.Utc);

    public static TheoryData<object, BsonType, object> Natural => new()
    {
        { true, BsonType.Boolean, true },
        { (byte)1, BsonType.Int32, 1 },
        { (sbyte)-1, BsonType.Int32, -1 },
        { (short)-2, BsonType.Int32, -2 },
        { (ushort)2, BsonType.Int32, 2 },
        { 3, BsonType.Int32, 3 },
        { 3u, BsonType.Int64, 3L },
        { 4L, BsonType.Int64, 4L },
        { 4ul, BsonType.Int64, 4L },
        { 1.5f, BsonType.Double, 1.5 },
        { 2.5, BsonType.Double, 2.5 },
        { 1.25m, BsonType.Decimal128, Decimal128.Parse("1.25") },
        { "x", BsonType.String, "x" },
        { DayOfWeek.Friday, BsonType.Int32, 5 },
        { Moment, BsonType.DateTime, Moment },
        { new byte[] { 1, 2 }, BsonType.Binary, new byte[] { 1, 2 } },
        { new ObjectId("0123456789abcdef01234567"), BsonType.ObjectId, new ObjectId("0123456789abcdef01234567") },
        { new[] { 1, 2 }, BsonType.Array, new List<object> { 1, 2 } },
        { new Dictionary<string, object> { ["a"] = 1 }, BsonType.Document, new Dictionary<string, object> { ["a"] = 1 } },
    };

    [Theory]
    [MemberData(nameof(Natural))]
    public void MapToBsonValue_OfADotNetValue_IsOfItsNaturalTypeAndComesBack(object value, BsonType type, object again)
    {
        var mapped = BsonTypeMapper.MapToBsonValue(value);
        Assert.Equal(type, mapped.BsonType);
        Assert.Equal(again, BsonTypeMapper.MapToDotNetValue(mapped));
        Assert.Equal(mapped, BsonValue.Create(value));
    }

    [Fact]
    public void MapToBsonValue_ToAWantedType_ConvertsWhereThatIsPossible()
    {
        Assert.Equal(new BsonInt64(7), BsonTypeMapper.MapToBsonValue(7, BsonType.Int64));
        Assert.Equal(new BsonDouble(7), BsonTypeMapper.MapToBsonValue(7, BsonType.Double));
        Assert.Equal(new BsonInt32(7), BsonTypeMapper.MapToBsonValue("7", BsonType.Int32));
        Assert.Equal(new BsonObjectId(new ObjectId("0123456789abcdef01234567")), BsonTypeMapper.MapToBsonValue("0123456789abcdef01234567", BsonType.ObjectId));
        Assert.Equal(BsonBoolean.True, BsonTypeMapper.MapToBsonValue(1, BsonType.Boolean));
        Assert.Equal(BsonType.Timestamp, BsonTypeMapper.MapToBsonValue(7L, BsonType.Timestamp).BsonType);
        Assert.Throws<ArgumentException>(() => BsonTypeMapper.MapToBsonValue(Moment, BsonType.Int32));
        Assert.Throws<ArgumentException>(() => BsonTypeMapper.MapToBsonValue(new object()));
        Assert.False(BsonTypeMapper.TryMapToBsonValue(new object(), out _));
    }

    [Fact]
    public void MapToDotNetValue_WithOptions_MakesTheWantedCollections()
    {
        var document = BsonDocument.Parse("{ a: [1, { b: null }] }");
        var options = new BsonTypeMapperOptions { MapBsonArrayTo = typeof(object[]), MapBsonDocumentTo = typeof(BsonDocument) };
        var items = Assert.IsType<object[]>(BsonTypeMapper.MapToDotNetValue(document["a"], options));
        Assert.Equal([1, new BsonDocument("b", BsonNull.Value)], items);
        var map = Assert.IsType<Dictionary<string, object>>(BsonTypeMapper.MapToDotNetValue(document));
        var inner = Assert.IsType<Dictionary<string, object>>(Assert.IsType<List<object>>(map["a"])[1]);
        Assert.Null(inner["b"]);
    }

    [Fact]
    public void Operators_FromDotNetValues_GiveValuesAndNulls()
    {
        Assert.Equal(
            [BsonType.Boolean, BsonType.DateTime, BsonType.Decimal128, BsonType.Double, BsonType.Int32, BsonType.Int64, BsonType.Binary, BsonType.String, BsonType.RegularExpression],
            new BsonValue[] { true, Moment, 1m, 1.0, 1, 1L, new byte[] { 1 }, "a", new Regex("a") }.Select(value => value.BsonType));
        Assert.All(new BsonValue[] { (bool?)null, (DateTime?)null, (decimal?)null, (double?)null, (int?)null, (long?)null, (ObjectId?)null }, Assert.NotNull);
        Assert.All(new BsonValue[] { (bool?)null, (DateTime?)null, (decimal?)null, (double?)null, (int?)null, (long?)null, (ObjectId?)null }, value => Assert.True(value.IsBsonNull));
        Assert.Null((BsonValue)(string?)null);
        Assert.Null((BsonValue)(byte[]?)null);
    }

    [Fact]
    public void Operators_ToDotNetValues_GiveThemOrRefuse()
    {
        Assert.Equal(
            (true, Moment, 1m, 2.5, 3, 4L, "x"),
            ((bool)(BsonValue)true, (DateTime)(BsonValue)Moment, (decimal)(BsonValue)1m, (double)(BsonValue)2.5, (int)(BsonValue)3, (long)(BsonValue)4L, (string)(BsonValue)"x"));
        Assert.Null((int?)(BsonValue)BsonNull.Value);
        Assert.Null((string?)(BsonValue)(string?)null);
        Assert.Throws<InvalidCastException>(() => (int)(BsonValue)4L);
        Assert.Throws<InvalidCastException>(() => (string)(BsonValue)1);
        Assert.Throws<InvalidCastException>(() => (bool)(BsonValue)BsonNull.Value);
    }

    [Fact]
    public void As_OfTheTypeOrAnother_GivesTheValueOrRefuses()
    {
        var document = BsonDocument.Parse("{ i: 1, l: NumberLong(2), d: 1.5, s: 'x', n: null, b: true, a: [1], o: { x: 1 } }");
        Assert.Equal((1, 2L, 1.5, "x", true), (document["i"].AsInt32, document["l"].AsInt64, document["d"].AsDouble, document["s"].AsString, document["b"].AsBoolean));
        Assert.Equal((1, 1), (document["a"].AsBsonArray.Count, document["o"].AsBsonDocument.ElementCount));
        Assert.Equal((null, 1), (document["n"].AsNullableInt32, document["i"].AsNullableInt32));
        Assert.All(
            new Func<object?>[] { () => document["i"].AsInt64, () => document["l"].AsInt32, () => document["s"].AsBsonDocument, () => document["n"].AsString, () => document["n"].AsBoolean, () => document["i"].AsObjectId },
            convert => Assert.Throws<InvalidCastException>(convert));
    }

    [Fact]
    public void To_OfOtherTypes_ConvertsNumbersAndTruth()
    {
        Assert.Equal((3, 3L, 3.0, 3m, "3", true), (((BsonValue)3).ToInt32(), ((BsonValue)3).ToInt64(), ((BsonValue)3).ToDouble(), ((BsonValue)3).ToDecimal(), ((BsonValue)3).ToString(), ((BsonValue)3).ToBoolean()));
        Assert.Equal((7, 7L, 7.5), (((BsonValue)"7").ToInt32(), ((BsonValue)"7").ToInt64(), ((BsonValue)"7.5").ToDouble()));
        Assert.Equal((2, Decimal128.Parse("2.5")), (((BsonValue)2.5).ToInt32(), ((BsonValue)2.5).ToDecimal128()));
        // As a cast does, not checked.
        Assert.Equal(-1, ((BsonValue)long.MaxValue).ToInt32());
        Assert.Throws<FormatException>(() => ((BsonValue)"x").ToInt32());
        Assert.Equal(
            [false, false, false, true, false, true, false, true, true, true],
            new BsonValue[] { BsonNull.Value, BsonUndefined.Value, 0, 1, double.NaN, 0.5, "", "x", new BsonDocument(), Moment }.Select(value => value.ToBoolean()));
        Assert.Equal((Moment, DateTimeKind.Utc), (((BsonValue)Moment).ToUniversalTime(), ((BsonValue)Moment).ToUniversalTime().Kind));
        Assert.Equal((Moment.ToLocalTime(), DateTimeKind.Local), (((BsonValue)Moment).ToLocalTime(), ((BsonValue)Moment).ToLocalTime().Kind));
        Assert.Throws<NotSupportedException>(() => ((BsonValue)"x").ToUniversalTime());
    }

    [Fact]
    public void Numbers_OfDifferentTypes_CompareByTheirValue()
    {
        BsonValue[] equal = [1, 1L, 1.0, 1m];
        Assert.All(equal, left => Assert.All(equal, right => Assert.Equal(0, left.CompareTo(right))));
        Assert.All(equal, left => Assert.All(equal, right => Assert.True(left == right)));
        Assert.True((BsonValue)1 < 1.5 && (BsonValue)2L > 1.5m && (BsonValue)double.NaN < double.NegativeInfinity);
        BsonValue[] ordered =
        [
            BsonMinKey.Value, BsonNull.Value, 1, "a", new BsonDocument(), new BsonArray(), new byte[] { 1 }, ObjectId.Empty, false,
            new BsonTimestamp(1), Moment, new BsonRegularExpression("a"), BsonMaxKey.Value,
        ];
        Assert.Equal(ordered, ordered.Reverse().Order());
    }
}
