using CsCheck;
using MongoDB.Bson;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Values;

public sealed class Decimal128Tests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "-0")]
    [InlineData("1.00", "1.00")]
    [InlineData("1E5", "1E+5")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1E-7")]
    [InlineData("1E+6144", "1.000000000000000000000000000000000E+6144")]
    [InlineData("10E-6177", "1E-6176")]
    [InlineData("1234567890123456789012345678901234000", "1.234567890123456789012345678901234E+36")]
    [InlineData("-inf", "-Infinity")]
    [InlineData("nan", "NaN")]
    [InlineData("0E+9999999999", "0E+6111")]
    public void Parse_ValidText_IsKeptExactly(string text, string expected) => Assert.Equal(expected, Decimal128.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData(" 1")]
    [InlineData("1E+6145")]
    [InlineData("1E-6177")]
    [InlineData("12345678901234567890123456789012345")]
    [InlineData("1E+99999999999999999999")]
    public void Parse_TextThatDoesNotFit_IsAFormatException(string text) => Assert.Throws<FormatException>(() => Decimal128.Parse(text));

    [Fact]
    public void Compare_NumbersWithDifferentExponents_IsByValue()
    {
        Assert.Equal(0, Decimal128.Compare(Decimal128.Parse("1.0"), Decimal128.Parse("1.000")));
        Assert.Equal(Decimal128.Parse("1.0").GetHashCode(), Decimal128.Parse("1.000").GetHashCode());
        Assert.True(Decimal128.Parse("1E+6144") > Decimal128.Parse("9.999E+6143"));
        Assert.True(Decimal128.Parse("-1E-6176") < Decimal128.Zero);
        Assert.True(Decimal128.Compare(Decimal128.QNaN, Decimal128.NegativeInfinity) < 0);
    }

    [Fact]
    public void Decimal_ThereAndBack_IsTheSame() => Gen.Decimal.Sample(
        value => Assert.Equal(value, Decimal128.ToDecimal(new Decimal128(value))), iter: TestForm.Count(5_000, 500_000));

    [Fact]
    public void Double_ThereAndBack_IsTheSame() => Gen.Double.Where(value => !double.IsNaN(value)).Sample(
        value => Assert.Equal(value, Decimal128.ToDouble(new Decimal128(value))), iter: TestForm.Count(5_000, 500_000));

    [Fact]
    public void ToInt32_OutOfRange_IsAnOverflow()
    {
        Assert.Equal(int.MinValue, Decimal128.ToInt32(Decimal128.Parse("-2147483648.9")));
        Assert.Throws<OverflowException>(() => Decimal128.ToInt32(Decimal128.Parse("2147483648")));
        Assert.Throws<OverflowException>(() => Decimal128.ToUInt64(Decimal128.MaxValue));
        Assert.Throws<OverflowException>(() => Decimal128.ToInt64(Decimal128.QNaN));
    }
}
