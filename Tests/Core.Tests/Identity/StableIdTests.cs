using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Core.Identity;

public sealed class StableIdTests
{
    // A changed id would orphan every record and file of existing installations.
    [Fact]
    public void Ids_NeverChange()
    {
        Assert.Equal("7reddkadmwhznv7hwbbe4ywq3q", StableId.ForCollection("library", "a/b"));
        Assert.Equal("ktobzoce64q3om4ypho7von5hm", StableId.ForImage("collection", "a.jpg"));
    }

    [Fact]
    public void Ids_OfDifferentThings_Differ()
    {
        string[] ids =
        [
            StableId.ForCollection("l", "a"), StableId.ForCollection("l", "b"), StableId.ForCollection("m", "a"), StableId.ForCollection("la", ""),
            StableId.ForImage("l", "a"), StableId.ForImage("l", "a", 1), StableId.ForImage("l", "A"), StableId.ForImage("la", ""),
            StableId.NewId(), StableId.NewId(),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-z2-7]{26}$", id));
    }
}
