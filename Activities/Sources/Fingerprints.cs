using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>Short texts that change exactly when a listing or the recipes change.</summary>
public static class Fingerprints
{
    /// <summary>Fingerprint of names, sizes and times.</summary>
    /// <param name="files">The files in order.</param>
    public static string Of(IEnumerable<ListedFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var hash = new XxHash128();
        Span<byte> facts = stackalloc byte[20];
        foreach (var file in files)
        {
            var name = Encoding.UTF8.GetBytes(file.Name);
            BinaryPrimitives.WriteInt32LittleEndian(facts, name.Length);
            BinaryPrimitives.WriteInt64LittleEndian(facts[4..], file.Size);
            BinaryPrimitives.WriteInt64LittleEndian(facts[12..], file.Modified);
            hash.Append(facts);
            hash.Append(name);
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Fingerprint of all recipes of a collection.</summary>
    /// <param name="recipes">The recipes.</param>
    public static string Of(IEnumerable<DerivativeRecipe> recipes)
    {
        var text = string.Join('\n', recipes.Select(recipe => $"{recipe.Spec.Kind} {recipe.Fingerprint}"));
        return Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text)));
    }
}
