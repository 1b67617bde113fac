using System.Diagnostics;
using ImageLibrary.Activities;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Tests.Worker.Support;
using ImageLibrary.Worker.Isolation;
using Xunit;

namespace ImageLibrary.Tests.Worker.Isolation;

public sealed class HelperPoolTests
{
    private static readonly IReadOnlyList<DerivativeSpec> Specs = DerivativeSpec.Defaults;
    private static readonly byte[] Picture = TestTiff.Create(400);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Render_InTheHelper_MakesTheSameAsHere(bool copied)
    {
        using var pool = new HelperPool(Helpers.Options, TimeProvider.System);
        using var jpeg = new ImageRenderer().Render(Picture, Specs, CancellationToken.None);
        var source = copied ? jpeg.Derivatives[1].Content.Memory.ToArray() : Picture;

        using var there = pool.Render(source, Specs, _ => Admitted.Always);
        using var here = new ImageRenderer().Render(source, Specs, CancellationToken.None);

        Assert.Equal(here.Facts, there.Facts);
        Assert.Equal(here.Thumbhash, there.Thumbhash);
        Assert.Equal(here.Derivatives.Select(made => made.Facts), there.Derivatives.Select(made => made.Facts));
        Assert.Equal([false, copied], there.Derivatives.Select(made => made.MatchesSource));
        Assert.All(here.Derivatives.Zip(there.Derivatives), pair =>
            Assert.Equal(pair.First.Content.Memory.ToArray(), pair.Second.Content.Memory.ToArray()));
    }

    [Fact]
    public void Render_ManyPicturesGoodAndBad_UsesOneProcess()
    {
        using var pool = new HelperPool(Helpers.Options, TimeProvider.System);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(400, pool.Estimate(Picture, Specs).Facts.Width);
            Assert.Equal(FailureClass.Unsupported, Failure(() => pool.Render("text"u8, Specs, _ => Admitted.Always)).Class);
            using var result = pool.Render(Picture, Specs, _ => Admitted.Always);
            Assert.Equal(FailureClass.Empty, Failure(() => pool.Estimate([], Specs)).Class);
        }

        Assert.Single(pool.ProcessIds);
    }

    [Fact]
    public void Render_HelperIsKilled_CostsThatPictureAndSaysThatItWasKilled()
    {
        using var pool = new HelperPool(Helpers.Options, TimeProvider.System);

        var crash = Assert.Throws<PictureCrashException>(() => pool.Render(Picture, Specs, _ => Hit(pool, Helpers.Kill)));
        using var next = pool.Render(Picture, Specs, _ => Admitted.Always);

        Assert.False(crash.ByItself);
        Assert.Equal(2, next.Derivatives.Count);
    }

    [Fact]
    public void Render_HelperFaults_DiedByItself()
    {
        using var pool = new HelperPool(Helpers.Options, TimeProvider.System);

        var crash = Assert.Throws<PictureCrashException>(() => pool.Render(Picture, Specs, _ => Hit(pool, Helpers.Fault)));

        Assert.True(crash.ByItself);
    }

    [Fact]
    public void Render_UsedHelperFaults_TriesThePictureAloneInAnother()
    {
        using var pool = new HelperPool(Helpers.Options, TimeProvider.System);
        pool.Estimate(Picture, Specs);
        var first = pool.ProcessIds[0];

        using var result = pool.Render(Picture, Specs, _ => pool.ProcessIds[0] == first ? Hit(pool, Helpers.Fault) : Admitted.Always);

        Assert.Equal(2, result.Derivatives.Count);
        Assert.NotEqual(first, Assert.Single(pool.ProcessIds));
    }

    [Fact]
    public void Render_HelperHangs_IsATimeoutAtTheDeadline()
    {
        using var pool = new HelperPool(Helpers.Options with { PictureDeadline = TimeSpan.FromSeconds(1) }, TimeProvider.System);
        var clock = Stopwatch.StartNew();

        var failure = Failure(() => pool.Render(Picture, Specs, _ =>
        {
            clock.Restart();
            return Hit(pool, Helpers.Stop);
        }));

        Assert.Equal(FailureClass.Timeout, failure.Class);
        Assert.Contains("--picture-timeout (IMAGELIBRARY_PICTURE_TIMEOUT)", failure.Message, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 5);
        Assert.Empty(pool.ProcessIds);
    }

    [Fact]
    public void Render_EstimateBeyondItsMemory_IsTooLargeAndNamesTheSetting()
    {
        using var pool = new HelperPool(Helpers.Options with { Memory = 300L << 20 }, TimeProvider.System);

        var failure = Failure(() => pool.Render(TestTiff.Create(10, claimedSide: 20_000), Specs, _ => Admitted.Always));

        Assert.Equal(FailureClass.TooLarge, failure.Class);
        Assert.Contains("--helper-memory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_MoreMemoryThanTheProcessMayTake_IsTooLarge()
    {
        using var pool = new HelperPool(Helpers.Options with { Memory = 300L << 20 }, TimeProvider.System);
        var huge = new byte[400 << 20];
        Picture.CopyTo(huge, 0);

        var failure = Failure(() => pool.Render(huge, Specs, _ => Admitted.Always));

        Assert.Equal(FailureClass.TooLarge, failure.Class);
        Assert.Contains("--helper-memory (IMAGELIBRARY_HELPER_MEMORY)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Helper_ItsParentIsGone_Ends()
    {
        var command = Helpers.Options.Command!;
        using var helper = Process.Start(new ProcessStartInfo(command[0], [.. command.Skip(1), "--memory", "1000000000"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var ready = new byte[4];
        await helper.StandardOutput.BaseStream.ReadExactlyAsync(ready);

        helper.StandardInput.Close();

        await helper.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(0, helper.ExitCode);
    }

    [Fact]
    public async Task Pool_HelpersWithoutWork_AreEnded()
    {
        using var pool = new HelperPool(Helpers.Options with { IdleTime = TimeSpan.FromMilliseconds(200) }, TimeProvider.System);
        pool.Estimate(Picture, Specs);
        var process = Assert.Single(pool.ProcessIds);

        await Helpers.HoldsAsync(() => !Helpers.IsAlive(process));
        Assert.Equal(400, pool.Estimate(Picture, Specs).Facts.Width);
    }

    [Fact]
    public void Render_HelperThatDoesNotStart_BlamesNoPicture()
    {
        using var pool = new HelperPool(new HelperOptions { Command = ["/bin/false"] }, TimeProvider.System);

        Assert.Throws<InvalidOperationException>(() => pool.Render(Picture, Specs, _ => Admitted.Always));
    }

    private static Admitted Hit(HelperPool pool, int signal)
    {
        Helpers.Send(pool.ProcessIds[0], signal);
        return Admitted.Always;
    }

    private static ImageFailure Failure(Action call) => Assert.Throws<SourceException>(call).Failure;

    private sealed class Admitted : IDisposable
    {
        public static Admitted Always { get; } = new();

        public void Dispose()
        {
        }
    }
}
