namespace ImageLibrary.Temporal.Server.Visibility.Query;

/// <summary>Writes a <see cref="Condition"/> as an SQL expression over table <c>visibility</c>, alias <c>v</c>.</summary>
internal sealed class SqlTranslator(SqlParameters parameters)
{
    /// <summary>The expression, in brackets where needed.</summary>
    public string Translate(Condition condition) => condition switch
    {
        AllOf all => Join(all.Conditions, " AND "),
        AnyOf any => Join(any.Conditions, " OR "),
        Compare compare => OnValue(compare.Field, value => $"{value} {Symbol(compare.Operator)} {parameters.Add(compare.Value)}"),
        OneOf one => OnValue(one.Field, value => $"{value} {(one.Negated ? "NOT IN" : "IN")} ({List(one.Values)})"),
        Range range => OnValue(range.Field, value =>
            $"{value} {(range.Negated ? "NOT BETWEEN" : "BETWEEN")} {parameters.Add(range.Low)} AND {parameters.Add(range.High)}"),
        Prefixed prefixed => OnValue(prefixed.Field, value => Prefix(value, prefixed)),
        Contains contains => (contains.Negated ? "NOT " : "")
            + RowsWhere(contains.Field, $"a.value IN ({List(contains.Values)})"),
        Missing missing => TranslateMissing(missing),
        _ => throw new InvalidOperationException($"unknown condition {condition.GetType().Name}"),
    };

    /// <summary>An expression for the field's single value, null when it has none; for ORDER BY and GROUP BY.</summary>
    public string ValueOf(VisibilityField field) => field.Column is { } column
        ? $"v.{column}"
        : $"(SELECT a.value FROM search_attr a WHERE a.row = v.id AND a.name = {parameters.Add(field.Name)})";

    private string Join(IReadOnlyList<Condition> conditions, string word) =>
        $"({string.Join(word, conditions.Select(Translate))})";

    private string OnValue(VisibilityField field, Func<string, string> test) => field.Column is { } column
        ? $"({test($"v.{column}")})"
        : RowsWhere(field, test("a.value"));

    // A set of rows lets SQLite start from the index by name and value, where a sub-query for each row could not.
    private string RowsWhere(VisibilityField field, string test) =>
        $"(v.id IN (SELECT a.row FROM search_attr a WHERE a.name = {parameters.Add(field.Name)} AND {test}))";

    private string Prefix(string value, Prefixed condition)
    {
        var prefix = parameters.Add(condition.Prefix);
        var starts = $"substr({value}, 1, length({prefix})) = {prefix}";
        // The comparison is implied; it bounds the range of the index that is read.
        return condition.Negated ? $"NOT ({starts})" : $"{value} >= {prefix} AND {starts}";
    }

    private string TranslateMissing(Missing missing)
    {
        if (missing.Field.Column is { } column)
        {
            return $"(v.{column} IS {(missing.Negated ? "NOT NULL" : "NULL")})";
        }
        return (missing.Negated ? "" : "NOT ") + RowsWhere(missing.Field, "TRUE");
    }

    private string List(IReadOnlyList<object> values) => string.Join(", ", values.Select(parameters.Add));

    private static string Symbol(QueryOperator comparison) => comparison switch
    {
        QueryOperator.Equal => "=",
        QueryOperator.NotEqual => "<>",
        QueryOperator.Less => "<",
        QueryOperator.LessOrEqual => "<=",
        QueryOperator.Greater => ">",
        _ => ">=",
    };
}
