using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Why the server refused a command of ours; nothing behind the refused statement was applied.</summary>
internal enum Refusal
{
    /// <summary>Nothing was refused.</summary>
    None,

    /// <summary>The collection does not exist (any more).</summary>
    Gone,

    /// <summary>The lane has this or a newer batch.</summary>
    Older,

    /// <summary>An image is not as it was read.</summary>
    Stale,

    /// <summary>A segment would become larger than allowed: it must be split.</summary>
    Overflow,

    /// <summary>A segment has other bounds by now, is being split, or was changed since it was read: look again.</summary>
    Conflict,
}

/// <summary>Recognises refusals among the server's errors.</summary>
internal static class Refusals
{
    private const int DuplicateKey = 11000;
    private const string IndexMark = " index: ";
    private static readonly string[] IndexEnds = [" collation: ", " dup key: "];

    public static Refusal Of(WriteError error) =>
        error.Code == DuplicateKey ? Refusal.Conflict : Of(error.Message);

    /// <summary>Name of a unique index that is not ours and refused a document, as it would for ever; ids alone are unique here.</summary>
    public static string? ForeignIndex(WriteError error)
    {
        var mark = error.Code == DuplicateKey ? error.Message.IndexOf(IndexMark, StringComparison.Ordinal) : -1;
        var name = mark < 0 ? "_id_" : error.Message[(mark + IndexMark.Length)..].Split(IndexEnds, 2, StringSplitOptions.None)[0];
        return name == "_id_" ? null : name;
    }

    public static string Word(this Refusal refusal) => refusal switch
    {
        Refusal.Gone => "gone",
        Refusal.Older => "older",
        Refusal.Stale => "stale",
        Refusal.Overflow => "overflow",
        Refusal.Conflict => "conflict",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "not a refusal"),
    };

    private static Refusal Of(string message)
    {
        var mark = message.IndexOf(Expressions.RefusalMark, StringComparison.Ordinal);
        if (mark < 0)
        {
            return Refusal.None;
        }
        var reason = message.AsSpan(mark + Expressions.RefusalMark.Length);
        reason = reason[..reason.IndexOf(':')];
        foreach (var refusal in new[] { Refusal.Gone, Refusal.Older, Refusal.Stale, Refusal.Overflow, Refusal.Conflict })
        {
            if (reason.SequenceEqual(refusal.Word()))
            {
                return refusal;
            }
        }
        return Refusal.None;
    }
}
