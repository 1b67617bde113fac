using System.Diagnostics;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed class BadInputTests
{
    private readonly ImageRenderer _renderer = new();

    [Fact]
    public void Render_AnyBadInput_IsShownOrFailsWithItsSentence()
    {
        foreach (var (kind, content) in BadInput.All())
        {
            var watch = Stopwatch.StartNew();
            try
            {
                using var result = _renderer.Render(content, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
                Assert.All(result.Derivatives, derivative => Assert.NotNull(_renderer.Inspect(derivative.Content.Memory.Span)));
            }
            catch (SourceException e)
            {
                Assert.NotEmpty(e.Failure.Message);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{kind}: {e}");
            }

            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{kind} took {watch.Elapsed}");
            Assert.True(_renderer.RentedBytes == 0, $"{kind} leaks");
        }
    }

    [Theory]
    [InlineData("empty", FailureClass.Empty)]
    [InlineData("text", FailureClass.Unsupported)]
    [InlineData("svg", FailureClass.Unsupported)]
    [InlineData("jpeg cut at 10 %", FailureClass.Truncated)]
    [InlineData("png cut at 10 %", FailureClass.Truncated)]
    [InlineData("png beyond the side limit", FailureClass.TooLarge)]
    [InlineData("png beyond the pixel limit", FailureClass.TooLarge)]
    [InlineData("progressive beyond its limit", FailureClass.TooLarge)]
    [InlineData("lossless jpeg", FailureClass.Unsupported)]
    [InlineData("jpeg of 12 bits", FailureClass.Unsupported)]
    public void Render_KnownKind_HasItsClass(string kind, FailureClass expected)
    {
        var content = BadInput.All().First(item => item.Kind == kind).Content;

        var exception = Assert.Throws<SourceException>(
            () => _renderer.Render(content, DerivativeSpec.Defaults, TestContext.Current.CancellationToken));

        Assert.Equal(expected, exception.Failure.Class);
    }

    [Theory]
    [InlineData("jpeg cut at 80 %")]
    [InlineData("png cut at 80 %")]
    public void Render_MostOfThePictureRemains_IsDamagedButShown(string kind)
    {
        var content = BadInput.All().First(item => item.Kind == kind).Content;

        using var result = _renderer.Render(content, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        Assert.True(result.Damaged);
    }
}
