using System.Text;
using ImageLibrary.Activities;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Tests.EndToEnd.Support;
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

    [Fact]
    public void Read_NamesThatAreNotUtf8_AreEachToldAndHideNothingThatLooksAlike()
    {
        var parent = Encoding.UTF8.GetBytes(root.FullName + "/");
        Create("\uFFFD.png");
        Create("d\uFFFD/a.png");
        RawFile.MakeFolder([.. parent, .. "d"u8, 0xE9]);
        RawFile.Write([.. parent, 0xE8, .. ".png"u8], [1]);
        RawFile.Write([.. parent, 0xE9, .. ".png"u8], [1]);
        RawFile.Write([.. parent, .. ".hidden"u8, 0xE9, .. ".png"u8], [1]);
        RawFile.Write([.. parent, .. "notes"u8, 0xE9, .. ".txt"u8], [1]);

        var all = Walk(null);

        Assert.Equal(["", "d\uFFFD"], all.Select(step => step.Path));
        Assert.Equal(["\uFFFD.png", "a.png"], all.SelectMany(step => step.Listing!.Images).Select(image => image.Name));
        Assert.Equal(["%E8.png", "%E9.png", "d%E9"], all.SelectMany(step => step.Listing!.Failures).Select(failure => failure.Path).Order());
        Assert.All(all.SelectMany(step => step.Listing!.Failures), failure => Assert.Equal(FailureClass.Unreadable, failure.Failure.Class));
    }

    [Fact]
    public void From_Archive_IsTheOnlyStep()
    {
        Create("a/x.zip");
        Create("a/y.zip");

        Assert.Equal(new DiscoveryCursor("a", "x.zip"), Assert.Single(Walk(null, start: "a/x.zip")).Cursor);
        Assert.Empty(Walk(new DiscoveryCursor("a", "x.zip"), start: "a/x.zip"));
    }

    [Fact]
    public void WhyRefused_LinksExcludesOwnFoldersAndPictures_AreNamed()
    {
        using var outside = new OutsideFolder();
        Create("ok/a.jpg");
        Create("ok/x.zip");
        Create("@eaDir/a.jpg");
        Create("ok/.hidden/deep/a.jpg");
        Create("data/deep/a.jpg");
        Create("secret/a.jpg");
        Directory.CreateSymbolicLink(Path.Combine(root.FullName, "link"), outside.Path);
        Directory.CreateSymbolicLink(Path.Combine(root.FullName, "within"), Path.Combine(root.FullName, "ok"));
        File.CreateSymbolicLink(Path.Combine(root.FullName, "within.zip"), Path.Combine(root.FullName, "ok/x.zip"));
        File.CreateSymbolicLink(Path.Combine(root.FullName, "out.zip"), Path.Combine(outside.Path, "deep/x.zip"));
        var reader = Reader(exclude: "secret", own: Path.Combine(root.FullName, "data"));

        Assert.All(["", "ok", "ok/x.zip", "within.zip", "not/there"], path => Assert.Null(reader.WhyRefused(path)));
        Assert.All(["link", "link/deep", "link/deep/x.zip", "within", "within/x.zip", "out.zip"], path => Assert.Contains("link", reader.WhyRefused(path), StringComparison.Ordinal));
        Assert.All(["@eaDir", "ok/.hidden/deep", "secret"], path => Assert.Contains("excluded", reader.WhyRefused(path), StringComparison.Ordinal));
        Assert.All(["data", "data/deep"], path => Assert.Contains("program itself", reader.WhyRefused(path), StringComparison.Ordinal));
        Assert.Contains("no archive", reader.WhyRefused("ok/a.jpg"), StringComparison.Ordinal);
    }

    public void Dispose() => RawFile.DeleteFolder(root.FullName);

    private void Create(string path)
    {
        var file = Path.Combine(root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "x");
    }

    private List<WalkStep> Walk(DiscoveryCursor? cursor, string? exclude = null, string? own = null, string start = "") =>
        [.. new FolderWalk(Reader(exclude, own), start).From(cursor)];

    private FolderReader Reader(string? exclude, string? own)
    {
        var library = new Library
        {
            Id = "library",
            Name = "Library",
            RootPath = root.FullName,
            Settings = new LibrarySettings { Exclude = exclude is null ? [] : [exclude] },
        };
        return new FolderReader(library, new ArchiveOpener(), own is null ? [] : [own]);
    }

    /// <summary>A folder that does not belong to the library.</summary>
    private sealed class OutsideFolder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("imagelibrary-outside-");

        public OutsideFolder()
        {
            folder.CreateSubdirectory("deep");
            File.WriteAllText(System.IO.Path.Combine(Path, "deep", "x.zip"), "x");
        }

        public string Path => folder.FullName;

        public void Dispose() => folder.Delete(recursive: true);
    }
}
