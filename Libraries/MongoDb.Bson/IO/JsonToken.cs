namespace MongoDB.Bson.IO;

/// <summary>A word, number, string or sign of JSON.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string what the string says.</param>
/// <param name="Position">Where it begins.</param>
internal readonly record struct JsonToken(JsonTokenKind Kind, string Text, int Position)
{
    public long Integer { get; init; }

    public double Double { get; init; }

    public bool IsNumber => Kind is JsonTokenKind.Int32 or JsonTokenKind.Int64 or JsonTokenKind.Double;

    /// <summary>Whether it can be the name of an element.</summary>
    public bool IsName => Kind is JsonTokenKind.String or JsonTokenKind.Word;

    public bool Is(string punctuation) => Kind == JsonTokenKind.Punctuation && Text == punctuation;
}

/// <summary>Kinds of tokens.</summary>
internal enum JsonTokenKind
{
    End,
    Punctuation,
    String,
    Word,
    Int32,
    Int64,
    Double,
    RegularExpression,
}
