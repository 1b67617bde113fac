using ImageLibrary.Temporal.Server.Visibility.Query;

namespace ImageLibrary.Temporal.Server.Visibility.Store;

/// <summary>An SQL expression to sort by.</summary>
internal readonly record struct SortTerm(string Expression, bool Descending);

/// <summary>The order of a list and the condition for what comes after a given row. Nulls sort before all values.</summary>
internal sealed class SortKey
{
    private readonly List<SortTerm> terms;

    /// <summary>Orders by <paramref name="first"/>, then open before closed, latest close and latest start first.</summary>
    public SortKey(IEnumerable<SortTerm> first)
    {
        terms = [.. first, new SortTerm("v.sort_time", true), new SortTerm("v.start_time", true), new SortTerm("v.id", true)];
    }

    /// <summary>Number of parts of the key.</summary>
    public int Length => terms.Count;

    /// <summary>The parts as columns of a SELECT.</summary>
    public string Columns => string.Join(", ", terms.Select(term => term.Expression));

    /// <summary>The terms of ORDER BY.</summary>
    public string OrderBy => string.Join(", ", terms.Select(term => term.Expression + (term.Descending ? " DESC" : " ASC")));

    /// <summary>The condition that admits exactly the rows after the one with key <paramref name="last"/>.</summary>
    public string After(IReadOnlyList<object?> last, SqlParameters parameters)
    {
        if (terms.TrueForAll(term => term.Descending) && last.All(value => value is not null) && terms.Count == 3)
        {
            // The row value comparison of the default order runs along its index.
            return $"({Columns}) < ({string.Join(", ", last.Select(value => parameters.Add(value!)))})";
        }
        var alternatives = new List<string>();
        var equal = "";
        for (var i = 0; i < terms.Count; i++)
        {
            var (expression, descending) = terms[i];
            var value = last[i] is { } part ? parameters.Add(part) : null;
            var beyond = (descending, value) switch
            {
                (true, null) => "FALSE",
                (true, _) => $"({expression} < {value} OR {expression} IS NULL)",
                (false, null) => $"{expression} IS NOT NULL",
                (false, _) => $"{expression} > {value}",
            };
            alternatives.Add($"({equal}{beyond})");
            equal += $"{expression} IS {value ?? "NULL"} AND ";
        }
        return $"({string.Join(" OR ", alternatives)})";
    }
}
