using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Imaging.Bmp;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed class BmpDecoderTests
{
    private const int Width = 401;
    private const int Height = 203;

    private readonly ImageRenderer _renderer = new();

    public static TheoryData<string> Kinds() => ["1", "4", "8", "8 core", "16", "565", "24", "24 core", "24 down", "32", "32 down", "masks", "alpha"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Render_EachKind_LooksLikeThePngOfTheSamePicture(string kind)
    {
        var source = Encode(kind);
        using var result = Render(source);

        Assert.Equal(("bmp", Width, Height), (result.Facts.Format, result.Facts.Width, result.Facts.Height));
        Assert.False(result.Damaged);
        var gray = kind[0] is '1' or '4' or '8' && kind != "16";
        using var expected = Render(TestPicture.Encode(Width, Height, gray ? 1 : 3, "pngsave_buffer"));
        var psnr = Quality.Psnr(Luma(expected), Luma(result));
        Assert.True(psnr > kind switch { "1" => 6, "4" => 22, "16" or "565" => 28, _ => 36 }, $"PSNR {psnr:0.0}");
    }

    [Theory]
    [InlineData(false, 0.9, true)]
    [InlineData(false, 0.1, false)]
    [InlineData(true, 0.9, true)]
    [InlineData(true, 0.1, false)]
    public void Render_CutOff_IsDamagedOrRefused(bool packed, double part, bool shown)
    {
        var source = packed ? TestBmp.Pack(TestBmp.Encode(Width, Height, 8)) : Encode("24");
        var cut = source[..(int)(source.Length * part)];
        if (shown)
        {
            using var result = Render(cut);
            Assert.True(result.Damaged);
        }
        else
        {
            Assert.Equal(FailureClass.Truncated, Assert.Throws<SourceException>(() => Render(cut).Dispose()).Failure.Class);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    public void Render_RunLengths_IsThePictureThatIsNotPacked(int bits)
    {
        var plain = TestBmp.Encode(Width, Height, bits);
        using var expected = Render(plain);

        using var result = Render(TestBmp.Pack(plain));

        Assert.False(result.Damaged);
        Assert.Equal(expected.Derivatives[1].Content.Memory.ToArray(), result.Derivatives[1].Content.Memory.ToArray());
    }

    [Fact]
    public void TryNextRow_LeapsAndAnEarlyEnd_LeaveTheFirstColour()
    {
        var runs = new BmpRunLengths([1, 7, 0, 2, 1, 2, 2, 5, 0, 0, 0, 1], isHalf: false);
        List<byte[]> rows = [];
        for (var i = 0; i < 5; i++)
        {
            var row = new byte[4];
            Assert.True(runs.TryNextRow(row));
            rows.Add(row);
        }

        Assert.Equal([[7, 0, 0, 0], [0, 0, 0, 0], [0, 0, 5, 5], [0, 0, 0, 0], [0, 0, 0, 0]], rows);
    }

    [Fact]
    public void TryNextRow_RunsAndLeapsBeyondTheRow_AreLeftOut()
    {
        var runs = new BmpRunLengths([3, 7, 3, 8, 0, 3, 9, 9, 9, 0, 0, 2, 9, 0, 1, 5, 0, 0, 4, 6], isHalf: false);
        var (first, last) = (new byte[4], new byte[4]);

        Assert.True(runs.TryNextRow(first));
        Assert.True(runs.TryNextRow(last), "It has no end, but all its pixels.");
        Assert.False(runs.TryNextRow(new byte[4]));

        Assert.Equal([7, 7, 7, 8], first);
        Assert.Equal([6, 6, 6, 6], last);
    }

    [Fact]
    public void TryNextRow_MoreLeapsThanNumbersHold_StayAtTheEndOfTheRow()
    {
        const int leaps = (int.MaxValue / byte.MaxValue) + 2;
        var data = new byte[4 * leaps + 2];
        for (var at = 0; at < data.Length - 2; at += 4)
        {
            (data[at + 1], data[at + 2]) = (2, byte.MaxValue);
        }

        data[^2] = 1;
        var row = new byte[4];

        Assert.True(new BmpRunLengths(data, isHalf: false).TryNextRow(row));

        Assert.Equal(new byte[4], row);
    }

    [Fact]
    public void Render_JpegInside_IsUnsupported()
    {
        var source = Encode("8");
        source[30] = 4;

        Assert.Equal(FailureClass.Unsupported, Assert.Throws<SourceException>(() => Render(source).Dispose()).Failure.Class);
    }

    private static byte[] Encode(string kind) => kind switch
    {
        "565" => TestBmp.Encode(Width, Height, 16, fields: (0xF800, 0x7E0, 0x1F, 0)),
        "masks" => TestBmp.Encode(Width, Height, 32, fields: (0xFF, 0xFF00, 0xFF0000, 0)),
        "alpha" => TestBmp.Encode(Width, Height, 32, fields: (0xFF0000, 0xFF00, 0xFF, 0xFF000000)),
        _ => TestBmp.Encode(
            Width, Height, int.Parse(kind.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture),
            topDown: kind.EndsWith("down", StringComparison.Ordinal), core: kind.EndsWith("core", StringComparison.Ordinal)),
    };

    private static double[,] Luma(RenderResult result) => Quality.Luma(result.Derivatives[1].Content.Memory.Span);

    private RenderResult Render(byte[] source) =>
        _renderer.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
}
