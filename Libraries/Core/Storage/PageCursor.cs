using System.Buffers.Binary;
using System.Buffers.Text;

namespace ImageLibrary.Core;

/// <summary>Position in a list of a store; as text it has a tag, so that it works for its own list only.</summary>
/// <param name="Key">Sort key of the last item.</param>
/// <param name="Number">Number of the last item, which tells items of one key apart.</param>
public sealed record PageCursor(byte[] Key, long Number)
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
    public static PageCursor? After(PageRequest page, char tag)
    {
        ArgumentNullException.ThrowIfNull(page);
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
        return new PageCursor(bytes[HeaderLength..], BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1)));
    }

    /// <summary>Cuts the row that was read beyond the page and makes the cursor of the last one kept.</summary>
    /// <param name="rows">One row more than the page has, if there are more.</param>
    /// <param name="limit">Most items of the page.</param>
    /// <param name="tag">Tag of the list.</param>
    public static Page<T> Page<T>(IReadOnlyList<(T Item, PageCursor Position)> rows, int limit, char tag)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var more = rows.Count > limit;
        return new Page<T>([.. rows.Take(limit).Select(row => row.Item)], more ? rows[limit - 1].Position.Encode(tag) : null);
    }
}
