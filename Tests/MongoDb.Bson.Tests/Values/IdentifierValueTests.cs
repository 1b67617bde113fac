using MongoDB.Bson;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Values;

/// <summary>ObjectIds, and GUIDs in the byte orders of the drivers that came before the standard.</summary>
public sealed class IdentifierValueTests
{
    private static readonly Guid Sample = new("00112233-4455-6677-8899-aabbccddeeff");

    [Fact]
    public void GenerateNewId_ManyTimesInASecond_Ascends()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => ObjectId.GenerateNewId(1_700_000_000)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Single(ids.Select(id => Convert.ToHexString(id.ToByteArray()[..9])).Distinct());
        // The counter of 24 bits starts anywhere, so that it may start again once.
        Assert.True(ids.Zip(ids.Skip(1)).Count(pair => pair.First >= pair.Second) <= 1);
    }

    [Fact]
    public void GenerateNewId_OnSeveralThreads_IsUnique()
    {
        var ids = ParallelEnumerable.Range(0, 20_000).Select(_ => ObjectId.GenerateNewId()).ToList();
        Assert.Equal(ids.Count, ids.ToHashSet().Count);
    }

    [Fact]
    public void GenerateNewId_OfATime_HasItInFront()
    {
        var time = new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc);
        var id = ObjectId.GenerateNewId(time);
        Assert.Equal((time, DateTimeKind.Utc), (id.CreationTime, id.CreationTime.Kind));
        Assert.True(id < ObjectId.GenerateNewId(time.AddSeconds(1)));
        // Times after 2038 need the highest bit.
        Assert.Equal(new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc), ObjectId.GenerateNewId(new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc)).CreationTime);
    }

    [Fact]
    public void CompareTo_OfObjectIds_IsTheOrderOfTheirBytes()
    {
        string[] ordered =
        [
            "000000000000000000000000", "000000000000000000000001", "0000000000000000000000ff", "00000000000000010000000", "7fffffffffffffffffffffff",
            "800000000000000000000000", "ffffffff0000000000000000", "ffffffffffffffffffffffff",
        ];
        var ids = ordered.Select(text => new ObjectId(text.PadRight(24, '0'))).ToList();
        Assert.Equal(ids, ids.AsEnumerable().Reverse().Order());
        Assert.True(ids[0] == ObjectId.Empty && ids[0] != ids[1] && ids[1] <= ids[2] && ids[2] >= ids[1]);
    }

    [Theory]
    [InlineData("0123456789abcdef01234567", true)]
    [InlineData("0123456789ABCDEF01234567", true)]
    [InlineData("0123456789abcdef0123456", false)]
    [InlineData("0123456789abcdef012345678", false)]
    [InlineData("0123456789abcdef0123456g", false)]
    [InlineData("", false)]
    public void Parse_OfText_TakesTwentyFourDigits(string text, bool isId)
    {
        Assert.Equal(isId, ObjectId.TryParse(text, out var id));
        if (isId)
        {
            Assert.Equal(text.ToLowerInvariant(), id.ToString());
            Assert.Equal(id, new ObjectId(id.ToByteArray()));
            return;
        }
        Assert.Throws<FormatException>(() => ObjectId.Parse(text));
    }

    [Theory]
    [InlineData(GuidRepresentation.Standard, BsonBinarySubType.UuidStandard, "00112233445566778899AABBCCDDEEFF")]
    [InlineData(GuidRepresentation.CSharpLegacy, BsonBinarySubType.UuidLegacy, "33221100554477668899AABBCCDDEEFF")]
    [InlineData(GuidRepresentation.JavaLegacy, BsonBinarySubType.UuidLegacy, "7766554433221100FFEEDDCCBBAA9988")]
    [InlineData(GuidRepresentation.PythonLegacy, BsonBinarySubType.UuidLegacy, "00112233445566778899AABBCCDDEEFF")]
    public void Guid_InEachRepresentation_HasItsBytesAndComesBack(GuidRepresentation representation, BsonBinarySubType subType, string hex)
    {
        var binary = new BsonBinaryData(Sample, representation);
        Assert.Equal((subType, hex), (binary.SubType, Convert.ToHexString(binary.Bytes)));
        Assert.Equal(Sample, binary.ToGuid(representation));
        Assert.Equal(Sample, GuidConverter.FromBytes(Convert.FromHexString(hex), representation));
        Assert.Equal(subType, GuidConverter.GetSubType(representation));
    }

    [Fact]
    public void Guid_WhoseRepresentationIsNotKnown_IsRefused()
    {
        Assert.ThrowsAny<Exception>(() => new BsonBinaryData(Sample, GuidRepresentation.Unspecified));
        Assert.ThrowsAny<InvalidOperationException>(() => new BsonBinaryData(Sample, GuidRepresentation.JavaLegacy).ToGuid());
        Assert.ThrowsAny<InvalidOperationException>(() => new BsonBinaryData(Sample, GuidRepresentation.JavaLegacy).ToGuid(GuidRepresentation.Standard));
        Assert.ThrowsAny<InvalidOperationException>(() => new BsonBinaryData([1, 2]).ToGuid());
        Assert.Equal(Sample, new BsonBinaryData(Sample, GuidRepresentation.Standard).AsGuid);
        Assert.Throws<ArgumentException>(() => new BsonBinaryData([1, 2], BsonBinarySubType.UuidStandard));
    }
}
