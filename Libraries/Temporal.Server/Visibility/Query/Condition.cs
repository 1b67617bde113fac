namespace ImageLibrary.Temporal.Server.Visibility.Query;

/// <summary>
/// A filter with fields resolved, values converted and every NOT pushed into its leaves. A leaf is true or not; a leaf on
/// a field without value is not true, so that AND and OR of leaves give what SQL's three-valued logic gives.
/// </summary>
internal abstract record Condition;

internal sealed record AllOf(IReadOnlyList<Condition> Conditions) : Condition;

internal sealed record AnyOf(IReadOnlyList<Condition> Conditions) : Condition;

/// <summary>The field's single value compares as asked.</summary>
internal sealed record Compare(VisibilityField Field, QueryOperator Operator, object Value) : Condition;

/// <summary>The field's single value is, or is not, one of <paramref name="Values"/>.</summary>
internal sealed record OneOf(VisibilityField Field, IReadOnlyList<object> Values, bool Negated) : Condition;

/// <summary>The field's single value lies, or does not lie, between the two, ends included.</summary>
internal sealed record Range(VisibilityField Field, object Low, object High, bool Negated) : Condition;

/// <summary>The field's single text begins, or does not begin, with <paramref name="Prefix"/>.</summary>
internal sealed record Prefixed(VisibilityField Field, string Prefix, bool Negated) : Condition;

/// <summary>
/// One of the field's many values is among <paramref name="Values"/>; negated, none is, which also holds for a field
/// without any value, as on the official server.
/// </summary>
internal sealed record Contains(VisibilityField Field, IReadOnlyList<object> Values, bool Negated) : Condition;

/// <summary>The field has no value, or negated, has one.</summary>
internal sealed record Missing(VisibilityField Field, bool Negated) : Condition;
