using CsCheck;
using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Core.Identity;

public sealed class Base32Tests
{
    // The test vectors of RFC 4648, section 10, in lower case and without padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "my")]
    [InlineData("fo", "mzxq")]
    [InlineData("foo", "mzxw6")]
    [InlineData("foob", "mzxw6yq")]
    [InlineData("fooba", "mzxw6ytb")]
    [InlineData("foobar", "mzxw6ytboi")]
    public void Encode_VectorsOfTheStandard_Match(string text, string expected) =>
        Assert.Equal(expected, Base32.Encode(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Encode_AnyBytes_CanBeDecoded() => Gen.Byte.Array[0, 64].Sample(bytes =>
    {
        var text = Base32.Encode(bytes);
        Assert.Equal(bytes, Decode(text));
        Assert.All(text, letter => Assert.Contains(letter, "abcdefghijklmnopqrstuvwxyz234567"));
    });

    private static byte[] Decode(string text)
    {
        var bits = string.Concat(text.Select(letter => Convert.ToString("abcdefghijklmnopqrstuvwxyz234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
