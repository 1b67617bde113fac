using System.Globalization;
using System.Text;

namespace ImageLibrary.Core;

/// <summary>Splits names into the words that a search finds by their beginnings.</summary>
public static class SearchWords
{
    // Words are compared by their UTF-8 bytes; nothing sorts behind the last code point.
    private const string LastCodePoint = "\U0010FFFF";

    /// <summary>The distinct case-folded words of a text: runs of letters, marks and digits.</summary>
    /// <param name="text">A name, a path or what a person searches for.</param>
    public static IReadOnlyCollection<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPartOfWord(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }
        return words;
    }

    /// <summary>The first text behind all that begin with <paramref name="prefix"/>.</summary>
    /// <param name="prefix">Beginning of a word.</param>
    public static string End(string prefix) => prefix + LastCodePoint;

    // Marks belong to the letter before them, in decomposed names and in scripts that write vowels so.
    private static bool IsPartOfWord(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
