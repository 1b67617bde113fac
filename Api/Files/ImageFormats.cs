namespace ImageLibrary.Api.Files;

/// <summary>Image formats by file name, and how they are named on the wire.</summary>
internal static class ImageFormats
{
    private static readonly Dictionary<string, string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = "jpeg",
        [".jpeg"] = "jpeg",
        [".jpe"] = "jpeg",
        [".jfif"] = "jpeg",
        [".png"] = "png",
        [".webp"] = "webp",
        [".gif"] = "gif",
        [".tif"] = "tiff",
        [".tiff"] = "tiff",
        [".bmp"] = "bmp",
        [".avif"] = "avif",
        [".heic"] = "heic",
        [".heif"] = "heic",
        [".jxl"] = "jxl",
    };

    // Formats that a browser shows as pictures and never runs; everything else is offered as a download.
    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["jpeg"] = "image/jpeg",
        ["png"] = "image/png",
        ["webp"] = "image/webp",
        ["gif"] = "image/gif",
        ["tiff"] = "image/tiff",
        ["bmp"] = "image/bmp",
        ["avif"] = "image/avif",
        ["heic"] = "image/heic",
        ["jxl"] = "image/jxl",
    };

    public static string? FormatOfName(string fileName) => Extensions.GetValueOrDefault(Path.GetExtension(fileName));

    public static string? MediaType(string? format) => format is null ? null : MediaTypes.GetValueOrDefault(format);
}
