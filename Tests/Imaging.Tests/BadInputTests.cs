using System.Collections.Concurrent;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

[Collection(nameof(Alone))]
public sealed class BadInputTests
{
    /// <summary>Processor time for what is refused, which other work on the machine does not prolong.</summary>
    internal static readonly TimeSpan Refusal = TimeSpan.FromSeconds(2);

    /// <summary>The deadline of one picture, for what is shown.</summary>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private const string Shown = "shown";
    private const string Damaged = "damaged";

    /// <summary>What takes other ways than both derivatives as JPEG do: the thumbnail alone, and formats with transparency.</summary>
    private static readonly IReadOnlyList<DerivativeSpec>[] OtherSpecs =
    [
        [DerivativeSpec.Defaults[0]],
        [new DerivativeSpec("thumbnail", 300, 300, "webp", 85), new DerivativeSpec("small", 160, 160, "png", 85)],
    ];

    private static readonly Lazy<IReadOnlyList<(string Kind, byte[] Content)>> Inputs = new(() => [.. BadInput.All()]);

    private readonly ImageRenderer _renderer = new();

    [Fact]
    public void Render_AnyBadInput_IsShownOrFailsWithItsSentence()
    {
        Assert.True(Inputs.Value.Count > 500, $"{Inputs.Value.Count} inputs");
        foreach (var (kind, content) in Inputs.Value)
        {
            var before = Environment.CpuUsage.TotalTime;

            var outcome = Outcome(kind, content);

            var spent = Environment.CpuUsage.TotalTime - before;
            Assert.True(spent < (outcome is Shown or Damaged ? Deadline : Refusal), $"{kind} took {spent}: {outcome}");
            Assert.True(_renderer.RentedBytes == 0, $"{kind} leaks");
        }
    }

    [Fact]
    public void Render_AnyBadInputAsOtherDerivatives_IsShownOrFailsWithItsSentence()
    {
        foreach (var (kind, content) in Inputs.Value)
        {
            foreach (var specs in OtherSpecs)
            {
                var before = Environment.CpuUsage.TotalTime;

                var outcome = Outcome($"{kind} as {specs[0].Format}", content, specs);

                var spent = Environment.CpuUsage.TotalTime - before;
                Assert.True(spent < (outcome is Shown or Damaged ? Deadline : Refusal), $"{kind} took {spent}: {outcome}");
                Assert.True(_renderer.RentedBytes == 0, $"{kind} leaks");
            }
        }
    }

    /// <summary>libvips keeps one error buffer for the process: nothing of one picture may show in another's failure.</summary>
    [Fact]
    public void Render_ManyThreads_EachPictureHasTheOutcomeThatItHasAlone()
    {
        var inputs = Inputs.Value.Where(input => input.Content.Length < 100_000).ToList();
        var alone = inputs.Select(input => Outcome(input.Kind, input.Content)).ToList();
        var together = new ConcurrentDictionary<int, string>();

        Parallel.For(0, inputs.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = Outcome(inputs[i].Kind, inputs[i].Content));

        Assert.All(alone.Index(), item => Assert.Equal($"{inputs[item.Index].Kind}: {item.Item}", $"{inputs[item.Index].Kind}: {together[item.Index]}"));
        Assert.Equal(0, _renderer.RentedBytes);
    }

    [Theory]
    [InlineData("empty", FailureClass.Empty)]
    [InlineData("text", FailureClass.Unsupported)]
    [InlineData("svg", FailureClass.Unsupported)]
    [InlineData("heic", FailureClass.Unsupported)]
    [InlineData("jpeg cut at 10 %", FailureClass.Truncated)]
    [InlineData("png cut at 10 %", FailureClass.Truncated)]
    [InlineData("webp cut at 10 %", FailureClass.Truncated)]
    [InlineData("tiff cut at 50 %", FailureClass.Truncated)]
    [InlineData("tiff cut at 90 %", FailureClass.Truncated)]
    [InlineData("avif cut at 30 %", FailureClass.Truncated)]
    [InlineData("avif cut at 90 %", FailureClass.Truncated)]
    [InlineData("png beyond the side limit", FailureClass.TooLarge)]
    [InlineData("png beyond the pixel limit", FailureClass.TooLarge)]
    [InlineData("progressive beyond its limit", FailureClass.TooLarge)]
    [InlineData("jpeg in several scans beyond its limit", FailureClass.TooLarge)]
    [InlineData("progressive jpeg with 3,000 scans", FailureClass.TooLarge)]
    [InlineData("lossless jpeg", FailureClass.Unsupported)]
    [InlineData("jpeg of 12 bits", FailureClass.Unsupported)]
    [InlineData("raw file of start markers", FailureClass.NoPreview)]
    [InlineData("webp of 200,000 frames", FailureClass.Unsupported)]
    [InlineData("webp of 500,000 parts", FailureClass.Unsupported)]
    public void Render_KnownKind_HasItsClass(string kind, FailureClass expected)
    {
        var content = Inputs.Value.First(item => item.Kind == kind).Content;

        var exception = Assert.Throws<SourceException>(
            () => _renderer.Render(content, DerivativeSpec.Defaults, TestContext.Current.CancellationToken));

        Assert.Equal(expected, exception.Failure.Class);
    }

    [Theory]
    [InlineData("jpeg cut at 80 %")]
    [InlineData("png cut at 80 %")]
    [InlineData("webp cut at 80 %")]
    public void Render_MostOfThePictureRemains_IsDamagedButShown(string kind)
    {
        var content = Inputs.Value.First(item => item.Kind == kind).Content;

        using var result = _renderer.Render(content, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        Assert.True(result.Damaged);
    }

    /// <summary>A TIFF that has its directory before its data is opened without complaint.</summary>
    [Theory]
    [InlineData(10, "Truncated")]
    [InlineData(60, Damaged)]
    [InlineData(90, Damaged)]
    [InlineData(100, Shown)]
    public void Render_CutTiffWithItsDirectoryFirst_IsNotTakenForWhole(int percent, string expected)
    {
        const int Width = 200;
        const int Height = 150;
        var header = TestRaw.Tiff(
            [(0x100, Width), (0x101, Height), (0x102, 8), (0x103, 1), (0x106, 1), (0x111, 200), (0x115, 1), (0x116, Height), (0x117, Width * Height)]);
        byte[] file = [.. header, .. new byte[200 - header.Length], .. TestPicture.Samples(Width, Height, 1)];

        var outcome = Outcome("tiff", file[..(200 + Width * Height * percent / 100)]);

        Assert.StartsWith(expected, outcome, StringComparison.Ordinal);
    }

    /// <summary>What is missing lies at the bottom of the picture as it is stored, wherever that is when it is upright.</summary>
    [Theory]
    [InlineData(10, FailureClass.Truncated)]
    [InlineData(60, null)]
    public void Render_CutPicture_HasTheSameOutcomeHoweverItIsTurned(int percent, FailureClass? expected)
    {
        foreach (var orientation in (int[])[1, 2, 3, 4, 5, 6, 7, 8])
        {
            // 16 bits go through libvips.
            var file = TestPicture.Encode(
                300, 400, 3, "pngsave_buffer", save => save.Set("bitdepth", 16), image => image.SetInteger("orientation", orientation));
            byte[] cut = file[..(file.Length * percent / 100)];

            Assert.Equal(orientation, _renderer.Estimate(cut, DerivativeSpec.Defaults).Facts.Orientation);
            Assert.Equal(expected is null ? Damaged : $"{expected}: {ImageFailure.Of(expected.Value).Message}", Outcome($"orientation {orientation}", cut));
        }
    }

    private string Outcome(string kind, byte[] content) => Outcome(kind, content, DerivativeSpec.Defaults);

    private string Outcome(string kind, byte[] content, IReadOnlyList<DerivativeSpec> specs)
    {
        try
        {
            using var result = _renderer.Render(content, specs, CancellationToken.None);
            Assert.All(result.Derivatives, derivative => Assert.NotNull(_renderer.Inspect(derivative.Content.Memory.Span)));
            return result.Damaged ? Damaged : Shown;
        }
        catch (SourceException e)
        {
            AssertSentence(kind, e.Failure);
            return $"{e.Failure.Class}: {e.Failure.Message}";
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{kind}: {e}");
            return "";
        }
    }

    /// <summary>Users see sentences of ours, never a codec's words.</summary>
    internal static void AssertSentence(string kind, ImageFailure failure) => Assert.True(
        failure.Message == ImageFailure.Of(failure.Class).Message
            || (failure.Class == FailureClass.TooLarge && failure.Message.StartsWith("The image has more than ", StringComparison.Ordinal))
            || (failure.Class == FailureClass.Unsupported && failure.Message.StartsWith("The content is ", StringComparison.Ordinal)),
        $"{kind}: {failure}");
}
