namespace ImageLibrary.Storage.Mongo;

/// <summary>Compression is an offer to the server, so a URL that makes it works without it.</summary>
internal static class CompressionOptions
{
    public static void Note(UrlOptions options, List<string> notes)
    {
        var compressors = options.Text("compressors");
        var level = options.Number("zlibCompressionLevel", -1, 9);
        if (compressors is not null || level is not null)
        {
            notes.Add("The MongoDB URL asks for compression; messages go uncompressed, because the store does not use it.");
        }
    }
}
