using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ImageLibrary.Core;

/// <summary>
/// The name of a derivative's file: a hash of everything that tells it from any other, so that a file under its final
/// name is complete and right.
/// </summary>
public static class DerivativeName
{
    /// <summary>Makes the name, in two fan-out levels: <c>kind/ab/cd/rest.ext</c>.</summary>
    /// <param name="image">The image with size, time and generation of its source.</param>
    /// <param name="spec">The derivative to be made.</param>
    /// <param name="recipe">Fingerprint of the recipe.</param>
    public static string Create(ImageRecord image, DerivativeSpec spec, string recipe)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(spec);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{image.CollectionId}\0{image.Path}\0{image.Occurrence}\0{image.SourceSize}\0{image.SourceModified}\0{recipe}\0{image.Generation}");
        var name = Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return $"{spec.Kind}/{name[..2]}/{name[2..4]}/{name[4..]}.{Extension(spec.Format)}";
    }

    private static string Extension(string format) => format == "jpeg" ? "jpg" : format;
}
