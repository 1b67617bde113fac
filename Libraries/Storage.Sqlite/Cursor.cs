using System.Buffers.Binary;
using System.Buffers.Text;
using ImageLibrary.Core;

namespace ImageLibrary.Storage.Sqlite;

/// <summary>Position in a list: the last row's key and number, and a tag so that a cursor works for its own list only.</summary>
internal sealed record Cursor(byte[] Key, long Number)
{
    private const int HeaderLength = 9;
    private const int MostItems = 1_000;

    /// <summary>The cursor as text.</summary>
    /// <param name="tag">Tag of the list.</param>
    public string Encode(char tag)
    {
        var bytes = new byte[HeaderLength + Key.Length];
        bytes[0] = (byte)tag;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Number);
        Key.CopyTo(bytes, HeaderLength);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Where a page begins; null for the first.</summary>
    /// <param name="page">The page.</param>
    /// <param name="tag">Tag of the list.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list.</exception>
    public static Cursor? After(PageRequest page, char tag)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page.Limit, 1, nameof(page));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(page.Limit, MostItems, nameof(page));
        if (page.Cursor is not { } text)
        {
            return null;
        }
        if (!Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text) is not { Length: >= HeaderLength } bytes || bytes[0] != tag)
        {
            throw new InvalidCursorException();
        }
        return new Cursor(bytes[HeaderLength..], BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1)));
    }

    /// <summary>Cuts the row that was read beyond the page and makes the cursor of the last one kept.</summary>
    public static Page<T> Page<T>(List<(T Item, Cursor Position)> rows, int limit, char tag)
    {
        var more = rows.Count > limit;
        var kept = more ? rows[..limit] : rows;
        return new Page<T>([.. kept.Select(row => row.Item)], more ? kept[^1].Position.Encode(tag) : null);
    }
}
