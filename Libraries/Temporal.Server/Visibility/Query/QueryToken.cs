namespace ImageLibrary.Temporal.Server.Visibility.Query;

internal enum QueryTokenKind
{
    /// <summary>A field name, with or without back-ticks.</summary>
    Name,

    /// <summary>A reserved word; <see cref="QueryToken.Text"/> is in upper case.</summary>
    Keyword,
    String,
    Integer,
    Decimal,

    /// <summary>An operator, a bracket or a comma.</summary>
    Symbol,
    End,
}

/// <summary>One token of a visibility query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text without quotes and with escapes resolved.</param>
/// <param name="Position">Its place in the query, counted in characters from 1.</param>
internal readonly record struct QueryToken(QueryTokenKind Kind, string Text, int Position)
{
    public bool Is(string keywordOrSymbol) =>
        Kind is QueryTokenKind.Keyword or QueryTokenKind.Symbol && Text == keywordOrSymbol;
}
