using ImageLibrary.Activities;
using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Activities.Planning;

public sealed class DerivativeRecipeTests
{
    private static readonly Fingerprinter Renderer = new();

    [Theory]
    [InlineData(false, CollectionKind.Folder, false)]
    [InlineData(true, CollectionKind.Folder, true)]
    [InlineData(false, CollectionKind.Archive, false)]
    [InlineData(true, CollectionKind.Archive, false)]
    public void All_OfSettingAndKind_DiffersOnlyForLooseFilesThatAreServedThemselves(bool serveOriginals, CollectionKind kind, bool differs)
    {
        var recipes = DerivativeRecipe.All(Renderer, new LibrarySettings { ServeOriginals = serveOriginals }, kind);

        Assert.Equal(DerivativeSpec.Defaults, recipes.Select(recipe => recipe.Spec));
        Assert.All(recipes, recipe => Assert.Equal(
            (differs, differs), (recipe.ServesOriginals, recipe.Fingerprint != Renderer.RecipeFingerprint(recipe.Spec))));
    }

    [Theory]
    [InlineData(64, 48, "png", 1, false)]
    [InlineData(640, 480, "png", 1, true)]
    [InlineData(64, 48, "jpeg", 1, true)]
    [InlineData(64, 48, "png", 3, true)]
    public void IsMadeOf_MadeUnderTheOtherSetting_HoldsUnlessItMayBeACopy(int width, int height, string format, int orientation, bool holds)
    {
        var off = Cache(serveOriginals: false);
        var on = Cache(serveOriginals: true);
        var facts = new SourceFacts { Width = width, Height = height, Format = format, Orientation = orientation };
        foreach (var (made, now) in new[] { (off, on), (on, off) })
        {
            Assert.True(made.IsMadeOf(Image(made, facts)));
            Assert.Equal(holds, now.IsMadeOf(Image(made, facts)));
            Assert.False(now.IsMadeOf(Image(made, null)));
        }
        Assert.False(on.IsMadeOf(Image(off with { Fingerprint = "older" }, facts)));
    }

    private static DerivativeRecipe Cache(bool serveOriginals)
    {
        var settings = new LibrarySettings { Derivatives = [new DerivativeSpec("cache", 100, 100, "png", 85)], ServeOriginals = serveOriginals };
        return Assert.Single(DerivativeRecipe.All(Renderer, settings, CollectionKind.Folder));
    }

    private static ImageRecord Image(DerivativeRecipe recipe, SourceFacts? facts) => new()
    {
        Id = "image",
        CollectionId = "collection",
        LibraryId = "library",
        Path = "a",
        SortKey = [1],
        Facts = facts,
        Derivatives = [new Derivative("cache", "name", 64, 48, 1, 100, "png", recipe.Fingerprint)],
    };

    private sealed class Fingerprinter : IImageRenderer
    {
        public string RecipeFingerprint(DerivativeSpec spec) => $"recipe of {spec.Kind}";

        public bool IsRisky(ReadOnlySpan<byte> source) => throw new NotSupportedException();

        public SourceEstimate Estimate(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs) => throw new NotSupportedException();

        public RenderResult Render(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public DerivativeFacts? Inspect(ReadOnlySpan<byte> file) => throw new NotSupportedException();

        public byte[] Thumbhash(ReadOnlySpan<byte> file) => throw new NotSupportedException();
    }
}
