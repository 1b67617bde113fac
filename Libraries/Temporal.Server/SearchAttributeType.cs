namespace ImageLibrary.Temporal.Server;

/// <summary>The types that a search attribute can have; the values are those of the protocol's <c>IndexedValueType</c>.</summary>
public enum SearchAttributeType
{
    /// <summary>Text, found by its words.</summary>
    Text = 1,

    /// <summary>A word compared as a whole.</summary>
    Keyword = 2,

    /// <summary>A 64-bit integer.</summary>
    Int = 3,

    /// <summary>A 64-bit floating point number.</summary>
    Double = 4,

    /// <summary>True or false.</summary>
    Bool = 5,

    /// <summary>An instant.</summary>
    Datetime = 6,

    /// <summary>Several words; a comparison holds if it holds for one of them.</summary>
    KeywordList = 7,
}
