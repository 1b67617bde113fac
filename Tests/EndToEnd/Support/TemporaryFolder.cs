namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("imagelibrary-e2e-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes a library of gradients: <paramref name="collections"/> folders of <paramref name="each"/> pictures.</summary>
    public string MakeLibrary(int collections, int each, int width = 64, int height = 48)
    {
        var root = this["library"];
        for (var c = 0; c < collections; c++)
        {
            var folder = Directory.CreateDirectory(System.IO.Path.Combine(root, $"Collection {c + 1}")).FullName;
            var first = c * each;
            Parallel.For(0, each, i => File.WriteAllBytes(System.IO.Path.Combine(folder, $"picture {i + 1}.png"), Png.Gradient(width, height, first + i)));
        }
        return root;
    }

    public void Dispose() => RawFile.DeleteFolder(Path);
}
