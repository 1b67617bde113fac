using System.Globalization;

namespace ImageLibrary.Temporal.Server.Visibility.Query;

/// <summary>A visibility query that cannot be understood or is not supported; callers report it as InvalidArgument.</summary>
internal sealed class VisibilityQueryException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="reason">What is wrong, in words for the person who wrote the query.</param>
    /// <param name="position">Where in the query it is wrong, counted in characters from 1.</param>
    public VisibilityQueryException(string reason, int position)
        : base(string.Create(CultureInfo.InvariantCulture, $"invalid query: {reason} at position {position}"))
    {
        Position = position;
    }

    /// <summary>Where in the query the error is, counted in characters from 1.</summary>
    public int Position { get; }
}
