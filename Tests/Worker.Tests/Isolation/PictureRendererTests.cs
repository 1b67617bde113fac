using ImageLibrary.Activities;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Tests.Worker.Support;
using ImageLibrary.Worker.Isolation;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ImageLibrary.Tests.Worker.Isolation;

public sealed class PictureRendererTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isolation-");
    private readonly HelperPool pool = new(Helpers.Options, TimeProvider.System);
    private readonly ImageRenderer renderer = new();
    private readonly byte[] png;

    public PictureRendererTests()
    {
        using var made = renderer.Render(TestTiff.Create(300), [new DerivativeSpec("x", 300, 300, "png", 90)], CancellationToken.None);
        png = made.Derivatives[0].Content.Memory.ToArray();
    }

    public void Dispose()
    {
        pool.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Render_OrdinaryPicture_StartsNoHelper()
    {
        Assert.Equal(2, Render(png));
        Assert.Empty(pool.ProcessIds);
    }

    [Fact]
    public void Render_FormatOfTheRiskyKind_GoesToTheHelper()
    {
        Assert.Equal(2, Render(TestTiff.Create(300)));
        Assert.Single(pool.ProcessIds);
    }

    [Fact]
    public void Render_ContentOfNoKnownFormat_IsRefusedWithoutAHelper()
    {
        Assert.Equal(FailureClass.Unsupported, Assert.Throws<SourceException>(() => Render("text"u8.ToArray())).Failure.Class);
        Assert.Empty(pool.ProcessIds);
    }

    [Fact]
    public void Render_LargeContentOfNoKnownFormat_IsRefusedWithoutAHelper()
    {
        var failure = Assert.Throws<SourceException>(() => Render(new byte[5_000], Settings() with { IsolatedFileBytes = 1_000 })).Failure;
        Assert.Equal(FailureClass.Unsupported, failure.Class);
        Assert.Empty(pool.ProcessIds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Render_SurpriseOfACodec_IsTheFailureOfThatPicture(bool inHeader)
    {
        var failure = Assert.Throws<SourceException>(() => Render(png, here: new Surprising(renderer, inHeader))).Failure;
        Assert.Equal(FailureClass.Corrupt, failure.Class);
        Assert.Equal(2, Render(png));
    }

    [Fact]
    public void Render_DeadlinePassed_IsATimeout()
    {
        var failure = Assert.Throws<SourceException>(() => Render(png, Settings() with { PictureDeadline = TimeSpan.Zero })).Failure;
        Assert.Equal(FailureClass.Timeout, failure.Class);
    }

    [Fact]
    public void Render_LargeFile_GoesToTheHelper()
    {
        Assert.Equal(2, Render(png, Settings() with { IsolatedFileBytes = png.Length - 1 }));
        Assert.Single(pool.ProcessIds);
    }

    [Fact]
    public void Render_EstimateBeyondTheBudget_GoesToTheHelper()
    {
        Assert.Equal(2, Render(png, Settings() with { MemoryBudget = 1 << 20 }));
        Assert.Single(pool.ProcessIds);
    }

    [Fact]
    public void Render_BeyondALimitOfThisProcess_LeavesItToTheHelper()
    {
        Assert.Equal(2, Render(png, Settings(), new ImageRenderer(new RenderLimits { MaxSide = 100 })));
        Assert.Single(pool.ProcessIds);
    }

    [Fact]
    public void Render_InFlightWhenTheProcessDied_GoesToTheHelperUntilItWasRendered()
    {
        using (var former = new InFlightFile(Settings()))
        {
            _ = former.Note("image");
        }
        using (var again = new InFlightFile(Settings()))
        {
            Assert.True(again.IsSuspect("image"));
        }
        using var inFlight = new InFlightFile(Settings());

        Assert.Equal(2, Render(png, inFlight: inFlight));

        Assert.Single(pool.ProcessIds);
        Assert.False(inFlight.IsSuspect("image"));
        using var later = new InFlightFile(Settings());
        Assert.False(later.IsSuspect("image"));
    }

    private ActivitySettings Settings() => new()
    {
        DataDirectory = folder.FullName,
        StateDirectory = folder.FullName,
        Workers = 2,
        MemoryBudget = 64 << 20,
        PictureDeadline = TimeSpan.FromSeconds(30),
        WaitInterval = TimeSpan.FromSeconds(1),
    };

    private int Render(byte[] source, ActivitySettings? settings = null, IImageRenderer? here = null, InFlightFile? inFlight = null)
    {
        settings ??= Settings();
        using var memory = new MemoryBudget(settings);
        using var own = inFlight is null ? new InFlightFile(settings) : null;
        var guarded = new GuardedRenderer(here ?? renderer, pool, memory, settings, NullLogger<GuardedRenderer>.Instance);
        var pictures = new PictureRenderer(guarded, inFlight ?? own!);
        var library = new Library { Id = "library", Name = "Test", RootPath = folder.FullName, CreatedAt = DateTimeOffset.UnixEpoch };
        var collection = new Collection { Id = "c", LibraryId = "library", Name = "c", Path = "", Kind = CollectionKind.Folder };
        using var reader = new SourceReader(library, collection, new ImageLibrary.Archives.ArchiveOpener(), renderer, Settings());
        var work = new PictureWork(library, DerivativeRecipe.All(renderer, library.Settings, CollectionKind.Folder), reader, FindMoves: false);
        var image = new ImageRecord
        {
            Id = "image",
            CollectionId = "c",
            LibraryId = "library",
            Path = "image",
            SortKey = [1],
            SourceSize = source.Length,
            SourceModified = 0,
        };
        using var result = pictures.Render(work, image, source, TestContext.Current.CancellationToken);
        return result.Derivatives.Count;
    }

    /// <summary>Its codec has a fault.</summary>
    private sealed class Surprising(ImageRenderer inner, bool inHeader) : IImageRenderer
    {
        public string RecipeFingerprint(DerivativeSpec spec) => inner.RecipeFingerprint(spec);

        public bool IsRisky(ReadOnlySpan<byte> source) => inner.IsRisky(source);

        public SourceEstimate Estimate(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs) =>
            inHeader ? throw new NotSupportedException("a header like no other") : inner.Estimate(source, specs);

        public RenderResult Render(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("webpsave: image too large");

        public DerivativeFacts? Inspect(ReadOnlySpan<byte> file) => inner.Inspect(file);

        public byte[] Thumbhash(ReadOnlySpan<byte> file) => inner.Thumbhash(file);
    }
}
