using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ImageLibrary.Activities;

/// <summary>A name in a folder as the disk keeps it, which may be any bytes. The framework shows those that are not UTF-8 as if they were.</summary>
/// <param name="Text">The name as the framework shows it, with U+FFFD for what is not UTF-8; several names may look the same.</param>
/// <param name="Shown">
/// What a person sees: for a name that is not UTF-8, its other bytes percent-encoded, so that no two of them are the same.
/// </param>
/// <param name="IsUtf8">Whether a file of this name can be opened.</param>
/// <param name="MayBeFolder">Whether it is a folder, or the file system does not tell.</param>
internal sealed record RawName(string Text, string Shown, bool IsUtf8, bool MayBeFolder)
{
    /// <summary>Describes a name.</summary>
    /// <param name="name">Its bytes.</param>
    /// <param name="mayBeFolder">Whether it is a folder, or the file system does not tell.</param>
    public static RawName Of(ReadOnlySpan<byte> name, bool mayBeFolder)
    {
        var text = Encoding.UTF8.GetString(name);
        return Utf8.IsValid(name) ? new RawName(text, text, true, mayBeFolder) : new RawName(text, Encode(name), false, mayBeFolder);
    }

    private static string Encode(ReadOnlySpan<byte> name)
    {
        var shown = new StringBuilder(2 * name.Length);
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out var length) == OperationStatus.Done && rune.Value != '%' && !Rune.IsControl(rune))
            {
                shown.Append(rune.ToString());
            }
            else
            {
                foreach (var part in name[..length])
                {
                    shown.Append(CultureInfo.InvariantCulture, $"%{part:X2}");
                }
            }
            name = name[length..];
        }
        return shown.ToString();
    }
}
