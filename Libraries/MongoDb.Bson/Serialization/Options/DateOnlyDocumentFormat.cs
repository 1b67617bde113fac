namespace MongoDB.Bson.Serialization.Options;

/// <summary>The elements of a date that is a document.</summary>
public enum DateOnlyDocumentFormat
{
    /// <summary>DateTime and Ticks.</summary>
    DateTimeTicks,
    /// <summary>Year, Month and Day.</summary>
    YearMonthDay,
}
