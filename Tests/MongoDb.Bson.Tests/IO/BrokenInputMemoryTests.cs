using System.Buffers.Binary;
using CsCheck;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.IO;

/// <summary>What input claims to hold does not matter for the memory that reading it takes; what it holds does.</summary>
public sealed class BrokenInputMemoryTests
{
    // Exceptions with their messages and traces, and streams.
    private const int Constant = 128 * 1024;

    // Three bytes are an element with a name, a place in a list and one in an index.
    private const int PerByte = 200;

    [Theory]
    [InlineData(BsonType.String)]
    [InlineData(BsonType.Document)]
    [InlineData(BsonType.Array)]
    [InlineData(BsonType.Binary)]
    [InlineData(BsonType.JavaScript)]
    [InlineData(BsonType.Symbol)]
    [InlineData(BsonType.JavaScriptWithScope)]
    public void Deserialize_LengthOfTwoGigabytesInAShortDocument_TakesLittleMemory(BsonType type)
    {
        var bytes = new byte[30];
        bytes[4] = (byte)type;
        bytes[5] = (byte)'a';
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(7), int.MaxValue);
        foreach (var length in new[] { bytes.Length, int.MaxValue })
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
            AssertLittleMemory(bytes);
        }
    }

    [Fact]
    public void Deserialize_LengthsOfTwoGigabytesWithinEachOther_TakesLittleMemory()
    {
        // Code with scope has three lengths, old binary data two.
        var code = new byte[30];
        var binary = new byte[30];
        foreach (var (bytes, type) in new[] { (code, BsonType.JavaScriptWithScope), (binary, BsonType.Binary) })
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, int.MaxValue);
            bytes[4] = (byte)type;
            bytes[5] = (byte)'a';
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(7), int.MaxValue - 7);
        }
        BinaryPrimitives.WriteInt32LittleEndian(code.AsSpan(11), int.MaxValue - 15);
        binary[11] = 2;
        BinaryPrimitives.WriteInt32LittleEndian(binary.AsSpan(12), int.MaxValue - 11);
        AssertLittleMemory(code);
        AssertLittleMemory(binary);
    }

    [Fact]
    public void Deserialize_AnyMutationOfADocument_TakesMemoryByItsSize() =>
        Gen.Select(Generators.AnyDocument, Gen.Select(Gen.Int[0, 1000], Gen.Byte).Array[0, 4]).Sample(
            (document, changes) =>
            {
                var bytes = document.ToBson();
                foreach (var (position, value) in changes)
                {
                    bytes[position % bytes.Length] = value;
                }
                AssertLittleMemory(bytes);
            },
            iter: TestForm.Count(1_000, 200_000));

    private static void AssertLittleMemory(byte[] bytes)
    {
        AssertLittleMemory(bytes, () => BsonSerializer.Deserialize<BsonDocument>(bytes));
        AssertLittleMemory(bytes, () => BsonSerializer.Deserialize<Claimed>(bytes));
        AssertLittleMemory(bytes, () =>
        {
            using var stream = new MemoryStream(bytes);
            BsonSerializer.Deserialize<BsonDocument>(stream);
        });
        AssertLittleMemory(bytes, () =>
        {
            using var lazy = new LazyBsonDocument(bytes);
            Assert.True(lazy.ElementCount >= 0);
        });
    }

    private static void AssertLittleMemory(byte[] bytes, Action read)
    {
        // What the first reading sets up for all is not meant.
        Attempt(read);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Attempt(read);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken <= Constant + (PerByte * bytes.Length), $"{bytes.Length} bytes took {taken}: {Convert.ToHexString(bytes)}");
    }

    private static void Attempt(Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not Xunit.Sdk.XunitException)
        {
        }
    }

    private sealed record Claimed(string? A, [property: global::MongoDB.Bson.Serialization.Attributes.BsonElement("a")] object? Value);
}
