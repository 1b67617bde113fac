using System.Numerics;
using CsCheck;
using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Core.Images;

public sealed class NaturalSortKeyTests
{
    // Few letters, so that near-equal paths are frequent.
    private static readonly string[] Parts =
        ["a", "A", "b", "/", " ", "0", "1", "9", "10", "007", "-", "é", "Ä", "写", "\U00020BB7", "\uFF21", ".", "~", "!", "\t"];

    private static readonly Gen<string> Paths =
        Gen.Int[0, Parts.Length - 1].Select(part => Parts[part])
            .Array[0, 7].Select(string.Concat);

    [Fact]
    public void Create_AnyTwoPaths_OrderAsANaturalComparerDoes() => Gen.Select(Paths, Paths).Sample(
        (left, right) => Assert.Equal(
            Math.Sign(Natural(left, right)),
            Math.Sign(NaturalSortKey.Create(left).AsSpan().SequenceCompareTo(NaturalSortKey.Create(right)))),
        iter: 20_000);

    [Fact]
    public void Create_LongDigitRuns_OrderByValue() => Gen.Select(Gen.Int[1, 700], Gen.Int[1, 700], Gen.Char['1', '9'], Gen.Char['1', '9']).Sample(
        (leftLength, rightLength, leftDigit, rightDigit) =>
        {
            var left = "x" + new string(leftDigit, leftLength);
            var right = "x" + new string(rightDigit, rightLength);
            Assert.Equal(
                Math.Sign(Natural(left, right)),
                Math.Sign(NaturalSortKey.Create(left).AsSpan().SequenceCompareTo(NaturalSortKey.Create(right))));
        });

    [Theory]
    [InlineData("1.jpg,2.jpg,10.jpg,100.jpg")]
    [InlineData("Page 1,page 2,PAGE 3")]
    [InlineData("a,a/1,a b/1,ab/1")]
    [InlineData("ch1/2,ch1/10,ch2/1,ch10/1")]
    [InlineData("IMG_0009.jpg,IMG_0010.jpg,IMG_0100.jpg")]
    public void Create_TypicalNames_AreInTheOrderThatPeopleExpect(string paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var expected = paths.Split(',');
        Assert.Equal(expected, expected.Reverse().OrderBy(path => NaturalSortKey.Create(path), ByteOrder));
    }

    [Fact]
    public void Create_DifferentPathsOrOccurrences_AreNeverEqual()
    {
        string[] paths = ["a1", "A1", "a01", "a001", "a", "a/", "", "0", "00"];
        var keys = paths.SelectMany(path => new[] { 0, 1, 300, 70_000 }.Select(occurrence => Convert.ToHexString(NaturalSortKey.Create(path, occurrence)))).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Fact]
    public void Create_Occurrences_FollowEachOther()
    {
        byte[][] keys = [.. new[] { 0, 1, 2, 255, 256, 65_536 }.Select(occurrence => NaturalSortKey.Create("a.jpg", occurrence))];
        Assert.Equal(keys, keys.Reverse().Order(ByteOrder));
    }

    private static Comparer<byte[]> ByteOrder { get; } = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    /// <summary>The order told plainly: segment by segment, digit runs by value, other text case-folded by UTF-8; ties by exact text.</summary>
    private static int Natural(string left, string right)
    {
        var (lefts, rights) = (left.Split('/'), right.Split('/'));
        for (var i = 0; i < Math.Min(lefts.Length, rights.Length); i++)
        {
            if (Segment(lefts[i], rights[i]) is var order and not 0)
            {
                return order;
            }
        }
        return lefts.Length != rights.Length ? lefts.Length.CompareTo(rights.Length) : Text(left, right);
    }

    private static int Segment(string left, string right)
    {
        var (lefts, rights) = (Tokens(left), Tokens(right));
        for (var i = 0; i < Math.Min(lefts.Count, rights.Count); i++)
        {
            if (Token(lefts[i], rights[i]) is var order and not 0)
            {
                return order;
            }
        }
        return lefts.Count.CompareTo(rights.Count);
    }

    private static int Token(string left, string right) => char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0])
        ? BigInteger.Parse(left, null).CompareTo(BigInteger.Parse(right, null))
        : Text(left, right);

    // A digit run is one token, every other letter one of its own.
    private static List<string> Tokens(string segment)
    {
        var tokens = new List<string>();
        foreach (var rune in segment.ToLowerInvariant().EnumerateRunes())
        {
            if (tokens.Count > 0 && char.IsAsciiDigit(tokens[^1][0]) && rune.Value is >= '0' and <= '9')
            {
                tokens[^1] += rune;
            }
            else
            {
                tokens.Add(rune.ToString());
            }
        }
        return tokens;
    }

    private static int Text(string left, string right) =>
        System.Text.Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(right));
}
