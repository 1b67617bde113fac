namespace ImageLibrary.Temporal.Server.Visibility.Query;

/// <summary>Tests a <see cref="Condition"/> on an object in memory that has at most one value for each field.</summary>
internal static class ConditionEvaluator
{
    /// <summary>Whether the condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="valueOf">The text or the number of a field; null if it has none.</param>
    public static bool Holds(Condition condition, Func<VisibilityField, object?> valueOf) => condition switch
    {
        AllOf all => all.Conditions.All(part => Holds(part, valueOf)),
        AnyOf any => any.Conditions.Any(part => Holds(part, valueOf)),
        Missing missing => (valueOf(missing.Field) is null) ^ missing.Negated,
        Compare compare => valueOf(compare.Field) is { } value && Holds(compare.Operator, Order(value, compare.Value)),
        OneOf one => valueOf(one.Field) is { } value && (one.Values.Any(item => Order(value, item) == 0) ^ one.Negated),
        Range range => valueOf(range.Field) is { } value
            && ((Order(value, range.Low) >= 0 && Order(value, range.High) <= 0) ^ range.Negated),
        Prefixed prefixed => valueOf(prefixed.Field) is string value
            && (value.StartsWith(prefixed.Prefix, StringComparison.Ordinal) ^ prefixed.Negated),
        _ => throw new InvalidOperationException($"a field in memory has one value; {condition.GetType().Name} is for many"),
    };

    private static int Order(object value, object literal) =>
        value is string text ? string.CompareOrdinal(text, (string)literal) : ((long)value).CompareTo((long)literal);

    private static bool Holds(QueryOperator comparison, int order) => comparison switch
    {
        QueryOperator.Equal => order == 0,
        QueryOperator.NotEqual => order != 0,
        QueryOperator.Less => order < 0,
        QueryOperator.LessOrEqual => order <= 0,
        QueryOperator.Greater => order > 0,
        _ => order >= 0,
    };
}
