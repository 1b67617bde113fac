using System.Text;
using CsCheck;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.IO;

/// <summary>Whatever the input is, it is a value or one of the documented exceptions, without more memory than the input needs.</summary>
public sealed class BrokenInputTests
{
    [Theory]
    [InlineData("", typeof(EndOfStreamException), null)]
    [InlineData("04000000", typeof(FormatException), null)]
    [InlineData("FFFFFFFF00", typeof(FormatException), null)]
    [InlineData("FFFFFF7F00", typeof(FormatException), null)]
    [InlineData("0500000001", typeof(EndOfStreamException), null)]
    [InlineData("0600000000", typeof(FormatException), null)]
    [InlineData("0C0000001441000100000000", typeof(FormatException), "A")]
    [InlineData("0D000000024100010000000100", typeof(FormatException), "A")]
    [InlineData("0D000000024100000000000000", typeof(FormatException), "A")]
    [InlineData("0E00000002410002000000FF0000", typeof(DecoderFallbackException), "A")]
    [InlineData("10000000024100FFFFFF7F610000", typeof(EndOfStreamException), "A")]
    [InlineData("090000000841000200", typeof(FormatException), "A")]
    [InlineData("0F0000000541000100000004AA00", typeof(FormatException), "A")]
    [InlineData("13000000054100060000000201000000616200", typeof(FormatException), "A")]
    [InlineData("0D000000034100060000000000", typeof(FormatException), "A")]
    [InlineData("0D0000000341000000007F0000", typeof(FormatException), "A")]
    [InlineData("13000000104100010000001041000200000000", typeof(InvalidOperationException), "A")]
    // Values that are cut off, of each size.
    [InlineData("0C00000001410000", typeof(EndOfStreamException), "A")]
    [InlineData("0C00000005410001", typeof(EndOfStreamException), "A")]
    [InlineData("0C0000000541000100000000", typeof(EndOfStreamException), "A")]
    [InlineData("0F00000005410002000000020000", typeof(EndOfStreamException), "A")]
    [InlineData("0C00000007410000", typeof(EndOfStreamException), "A")]
    [InlineData("0C000000084100", typeof(EndOfStreamException), "A")]
    [InlineData("0C0000000B41006100", typeof(EndOfStreamException), "A")]
    [InlineData("0C0000000E410001", typeof(EndOfStreamException), "A")]
    [InlineData("0C00000010410001", typeof(EndOfStreamException), "A")]
    [InlineData("0C00000011410001", typeof(EndOfStreamException), "A")]
    [InlineData("0C00000013410001", typeof(EndOfStreamException), "A")]
    // A name and a pattern that are not UTF-8, and a name that does not end, within the document A.
    [InlineData("0F0000000341000700000008FF0001", typeof(DecoderFallbackException), "A.\uFFFD")]
    [InlineData("0B0000000B4100FF000000", typeof(DecoderFallbackException), "A")]
    [InlineData("0F00000003410007000000084242", typeof(EndOfStreamException), "A")]
    // A text, a code and a number that reach out of the document A into what follows it.
    [InlineData("1F000000034100110000000242000A0000006161000010430001000000000000", typeof(EndOfStreamException), "A.B")]
    [InlineData("1F000000034100110000000D42000A0000006161000010430001000000000000", typeof(EndOfStreamException), "A.B")]
    [InlineData("19000000034100090000001242000110430001000000000000", typeof(EndOfStreamException), "A.B")]
    public void Deserialize_BrokenBytes_IsTheDocumentedExceptionWithThePath(string hex, Type expected, string? path)
    {
        var exception = Assert.Throws(expected, () => BsonSerializer.Deserialize<BsonDocument>(Convert.FromHexString(hex)));
        if (path != null)
        {
            Assert.Contains($"'{path}'", exception.Message, StringComparison.Ordinal);
        }
        Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deserialize_BrokenValueDeepInside_NamesThePath()
    {
        var bytes = new BsonDocument("a", new BsonArray { 1, new BsonDocument("b", true) }).ToBson();
        bytes[Array.LastIndexOf(bytes, (byte)BsonType.Boolean)] = 0x6c;
        var exception = Assert.Throws<FormatException>(() => BsonSerializer.Deserialize<BsonDocument>(bytes));
        Assert.Contains("0x6c", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'a.1.b'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deserialize_NestedWithoutEnd_IsRefusedBeforeTheStackEnds()
    {
        const int Levels = 200_000;
        var bytes = new byte[(Levels * 8) + 5];
        for (var level = 0; level < Levels; level++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(level * 7), bytes.Length - (level * 8));
            bytes[(level * 7) + 4] = (byte)BsonType.Document;
            bytes[(level * 7) + 5] = (byte)'a';
        }
        Assert.ThrowsAny<FormatException>(() => BsonSerializer.Deserialize<BsonDocument>(bytes));
        Assert.ThrowsAny<FormatException>(() => BsonDocument.Parse(string.Concat(Enumerable.Repeat("{a:", Levels))));
        Assert.ThrowsAny<FormatException>(() => BsonDocument.Parse("{a:" + new string('[', Levels)));
    }

    [Fact]
    public void Parse_NameWithANulCharacter_IsAFormatException() =>
        Assert.Throws<FormatException>(() => BsonDocument.Parse("{ \"a\\u0000b\" : 1 }"));

    [Fact]
    public void Serialize_ObjectThatRefersToItself_IsRefused()
    {
        var node = new Node();
        node.Next = node;
        Assert.ThrowsAny<BsonSerializationException>(() => node.ToBson());
    }

    [Fact]
    public void Deserialize_LengthLargerThanADocumentMayBe_IsRefused()
    {
        using var stream = new MemoryStream(new BsonDocument("a", new string('x', 1000)).ToBson());
        using var reader = new BsonBinaryReader(stream, new BsonBinaryReaderSettings { MaxDocumentSize = 500 });
        Assert.Throws<FormatException>(() => BsonSerializer.Deserialize<BsonDocument>(reader));
    }

    [Fact]
    public void Deserialize_AnyMutationOfADocument_IsAValueOrADocumentedException() =>
        Gen.Select(Generators.AnyDocument, Gen.Select(Gen.Int[0, 1000], Gen.Byte).Array[1, 4], Gen.Int[0, 50]).Sample(
            (document, changes, cut) =>
            {
                var bytes = document.ToBson();
                foreach (var (position, value) in changes)
                {
                    bytes[position % bytes.Length] = value;
                }
                TryDeserialize(cut < 10 ? bytes[..^Math.Min(cut, bytes.Length)] : bytes);
            },
            iter: TestForm.Count(6_000, 5_000_000));

    [Fact]
    public void Parse_AnyMutationOfText_IsAValueOrADocumentedException() =>
        Gen.Select(Generators.AnyDocument, Gen.Select(Gen.Int[0, 2000], Gen.Char["{}[]:,\"'$/\\-.eE09ax "]).Array[1, 4], Gen.Bool).Sample(
            (document, changes, shell) =>
            {
                var text = document.ToJson(new JsonWriterSettings { OutputMode = shell ? JsonOutputMode.Shell : JsonOutputMode.CanonicalExtendedJson }).ToCharArray();
                foreach (var (position, value) in changes)
                {
                    text[position % text.Length] = value;
                }
                try
                {
                    BsonDocument.Parse(new string(text));
                }
                catch (Exception exception) when (IsDocumented(exception))
                {
                }
            },
            iter: TestForm.Count(3_000, 2_000_000));

    private static void TryDeserialize(byte[] bytes)
    {
        try
        {
            BsonSerializer.Deserialize<BsonDocument>(bytes);
        }
        catch (Exception exception) when (IsDocumented(exception))
        {
        }
    }

    private static bool IsDocumented(Exception exception) =>
        exception is FormatException or EndOfStreamException or DecoderFallbackException or BsonSerializationException or OverflowException ||
        // The same name twice in one document.
        (exception is InvalidOperationException && exception.Message.Contains("already", StringComparison.Ordinal));

    private sealed class Node
    {
        public Node? Next { get; set; }
    }
}
