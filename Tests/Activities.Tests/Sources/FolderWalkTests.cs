using ImageLibrary.Activities;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Xunit;

namespace ImageLibrary.Tests.Activities.Sources;

public sealed class FolderWalkTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("imagelibrary-walk-");

    [Fact]
    public void From_EveryCursor_GoesOnBehindIt()
    {
        foreach (var path in new[] { "a.jpg", "x.zip", "10/b.jpg", "2/a.jpg", "2/y.cbz", "2/z.cbz", "2/deep/c.jpg", "3/d.jpg" })
        {
            Create(path);
        }
        var all = Walk(null);

        Assert.Equal(["", "x.zip", "2", "2/y.cbz", "2/z.cbz", "2/deep", "3", "10"], all.Select(step => step.Path));
        for (var i = 0; i < all.Count; i++)
        {
            Assert.Equal(all.Skip(i + 1).Select(step => step.Path), Walk(all[i].Cursor).Select(step => step.Path));
        }
    }

    [Fact]
    public void From_CursorWhoseFolderIsGone_GoesOnAtTheNext()
    {
        Create("1/a.jpg");
        Create("3/a.jpg");

        Assert.Equal(["3"], Walk(new DiscoveryCursor("2/deep", "")).Select(step => step.Path));
    }

    [Fact]
    public void Read_LinksExcludesAndOwnFolders_AreNotFollowed()
    {
        Create("ok/a.jpg");
        Create("@eaDir/a.jpg");
        Create(".hidden/a.jpg");
        Create("data/a.jpg");
        Create("secret/a.jpg");
        File.CreateSymbolicLink(Path.Combine(root.FullName, "out.jpg"), "/etc/hostname");
        Directory.CreateSymbolicLink(Path.Combine(root.FullName, "ok", "loop"), root.FullName);

        var all = Walk(null, exclude: "secret", own: Path.Combine(root.FullName, "data"));

        Assert.Equal(["", "ok"], all.Select(step => step.Path));
        Assert.Equal(["out.jpg", "ok/loop"], all.SelectMany(step => step.Listing!.Failures).Select(failure => failure.Path));
        Assert.All(all.SelectMany(step => step.Listing!.Failures), failure => Assert.Equal(FailureClass.UnsafePath, failure.Failure.Class));
    }

    public void Dispose() => root.Delete(recursive: true);

    private void Create(string path)
    {
        var file = Path.Combine(root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "x");
    }

    private List<WalkStep> Walk(DiscoveryCursor? cursor, string? exclude = null, string? own = null)
    {
        var library = new Library
        {
            Id = "library",
            Name = "Library",
            RootPath = root.FullName,
            Settings = new LibrarySettings { Exclude = exclude is null ? [] : [exclude] },
        };
        return [.. new FolderWalk(new FolderReader(library, new ArchiveOpener(), own is null ? [] : [own]), "").From(cursor)];
    }
}
