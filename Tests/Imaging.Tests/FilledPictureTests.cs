using System.Buffers.Binary;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Pictures that would be copied, with much in them that shows nothing.</summary>
public sealed class FilledPictureTests
{
    private const int Fill = 2_000_000;
    private const int Enough = 200_000;

    [Fact]
    public void Render_JpegFilledUp_IsNotCopied()
    {
        var plain = TestPicture.Encode(40, 30, 3, "jpegsave_buffer");
        byte[] tables = [.. plain.AsSpan(0, 2), .. Repeated([0xFF, 0xDB, 0, 2]), .. plain.AsSpan(2)];
        byte[] marker = [.. plain.AsSpan(0, plain.Length - 2), .. Repeated([0xFF]), .. plain.AsSpan(plain.Length - 2)];
        byte[] restarts = [.. plain.AsSpan(0, plain.Length - 2), .. Repeated([0xFF, 0xD0]), .. plain.AsSpan(plain.Length - 2)];

        AssertSmall("jpeg", plain, isCopied: true);
        AssertSmall("jpeg", tables, isCopied: false);
        AssertSmall("jpeg", marker, isCopied: false);
        AssertSmall("jpeg", restarts, isCopied: false);
    }

    [Fact]
    public void Render_PngFilledUp_IsNotCopied()
    {
        var plain = TestPicture.Encode(40, 30, 3, "pngsave_buffer");
        var end = plain.Length - 12;
        byte[] file = [.. plain.AsSpan(0, end), .. Repeated(BadContainers.Chunk("IDAT", [])), .. plain.AsSpan(end)];

        AssertSmall("png", plain, isCopied: true);
        AssertSmall("png", file, isCopied: false);
    }

    [Fact]
    public void Render_WebPFilledUp_IsNotCopied()
    {
        var plain = TestPicture.Encode(40, 30, 3, "webpsave_buffer", save => save.Set("keep", 0));
        byte[] file = [.. plain, .. new byte[Fill]];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), file.Length - 20);

        AssertSmall("webp", plain, isCopied: true);
        AssertSmall("webp", file, isCopied: false);
    }

    private static byte[] Repeated(byte[] part) => [.. Enumerable.Repeat(part, Fill / part.Length).SelectMany(bytes => bytes)];

    private static void AssertSmall(string format, byte[] file, bool isCopied)
    {
        using var result = new ImageRenderer().Render(
            file, [new DerivativeSpec("thumbnail", 300, 300, format, 85)], TestContext.Current.CancellationToken);

        Assert.False(result.Damaged);
        Assert.Equal(isCopied, result.Derivatives[0].MatchesSource);
        Assert.InRange(result.Derivatives[0].Content.Memory.Length, 1, Enough);
    }
}
