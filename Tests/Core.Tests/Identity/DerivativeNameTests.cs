using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Core.Identity;

public sealed class DerivativeNameTests
{
    private static readonly DerivativeSpec Thumbnail = DerivativeSpec.Defaults[0];

    private static readonly ImageRecord Image = new()
    {
        Id = "id",
        CollectionId = "collection",
        LibraryId = "library",
        Path = "a.jpg",
        SortKey = [],
        SourceSize = 10,
        SourceModified = 20,
        Generation = 1,
    };

    [Fact]
    public void Create_AnythingThatMatters_ChangesTheName()
    {
        string[] names =
        [
            Name(Image), Name(Image with { Path = "a.png" }), Name(Image with { CollectionId = "other" }), Name(Image with { Occurrence = 1 }),
            Name(Image with { SourceSize = 11 }), Name(Image with { SourceModified = 21 }), Name(Image with { Generation = 2 }),
            DerivativeName.Create(Image, Thumbnail, "other recipe"), DerivativeName.Create(Image, DerivativeSpec.Defaults[1], "recipe"),
        ];
        Assert.Equal(names.Length, names.Select(name => name[^30..]).Distinct().Count() + 1);
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void Create_WhatDoesNotMatter_KeepsTheName() => Assert.Equal(
        Name(Image),
        Name(Image with { Id = "x", LibraryId = "y", SortKey = [1], ContentHash = "z", State = ImageState.Failed, PlannedByJobId = "j" }));

    [Theory]
    [InlineData("jpeg", "jpg")]
    [InlineData("webp", "webp")]
    public void Create_Form_IsKindAndTwoFanOutLevels(string format, string extension) => Assert.Matches(
        $"^thumbnail/[a-z2-7]{{2}}/[a-z2-7]{{2}}/[a-z2-7]{{48}}\\.{extension}$",
        DerivativeName.Create(Image, Thumbnail with { Format = format }, "recipe"));

    private static string Name(ImageRecord image) => DerivativeName.Create(image, Thumbnail, "recipe");
}
