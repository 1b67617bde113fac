using System.IO.Hashing;
using System.Text;
using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>A derivative with the fingerprint of its recipe.</summary>
/// <param name="Spec">The derivative.</param>
/// <param name="Fingerprint">Fingerprint of the recipe.</param>
public sealed record DerivativeRecipe(DerivativeSpec Spec, string Fingerprint)
{
    /// <summary>Whether a source that would only be copied is served itself.</summary>
    public bool ServesOriginals { get; init; }

    /// <summary>
    /// Fingerprint of the recipe that differs in <see cref="ServesOriginals"/> only; null when there is none. It is as good for all
    /// pictures but those that are, or would be, copied.
    /// </summary>
    public string? OtherFingerprint { get; init; }

    /// <summary>All derivatives of a library's collections of a kind; only a loose file can be served itself.</summary>
    /// <param name="renderer">Knows the fingerprints.</param>
    /// <param name="settings">The library's settings.</param>
    /// <param name="kind">Kind of collection.</param>
    public static IReadOnlyList<DerivativeRecipe> All(IImageRenderer renderer, LibrarySettings settings, CollectionKind kind)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var servesOriginals = settings.ServeOriginals && kind == CollectionKind.Folder;
        return [.. settings.Derivatives.Select(spec => Of(spec, renderer.RecipeFingerprint(spec), servesOriginals))];
    }

    /// <summary>Whether a recorded derivative of an image is one by this recipe.</summary>
    /// <param name="image">The image with the facts of its source.</param>
    public bool IsMadeOf(ImageRecord image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.Derivative(Spec.Kind) is { } made
            && (made.Recipe == Fingerprint || (made.Recipe == OtherFingerprint && !MayBeCopied(image.Facts, made)));
    }

    private static DerivativeRecipe Of(DerivativeSpec spec, string rendered, bool servesOriginals)
    {
        var served = Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes($"{rendered}\nor the original")));
        return new DerivativeRecipe(spec, servesOriginals ? served : rendered)
        {
            ServesOriginals = servesOriginals,
            OtherFingerprint = servesOriginals ? rendered : served,
        };
    }

    // What is not of the source's size, place and format was encoded.
    private static bool MayBeCopied(SourceFacts? source, Derivative made) =>
        source is null || (source.Orientation <= 1 && (source.Width, source.Height, source.Format) == (made.Width, made.Height, made.Format));
}
