using ImageLibrary.Core;
using Microsoft.AspNetCore.Http;

namespace ImageLibrary.Api.Images;

/// <summary>Addresses of derivatives. They carry the file's name, so what they show never changes.</summary>
internal sealed class ImageUrls(PathString pathBase)
{
    public string Of(ImageRecord image, Derivative derivative) =>
        $"{pathBase}{ApiRoutes.Prefix}/images/{image.Id}/{derivative.Kind}/{NameOf(derivative)}";

    /// <summary>The thumbnail; while there is none, the address that has it rendered.</summary>
    public string Thumbnail(ImageRecord image) => image.Derivative(DerivativeSpec.Thumbnail) is { } thumbnail
        ? Of(image, thumbnail)
        : $"{pathBase}{ApiRoutes.Prefix}/images/{image.Id}/{DerivativeSpec.Thumbnail}";

    /// <summary>The file's name without its folders.</summary>
    public static string NameOf(Derivative derivative) => Path.GetFileName(derivative.FileName);
}
