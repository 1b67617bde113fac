namespace ImageLibrary.Temporal.Server.Visibility.Query;

/// <summary>A node of a parsed visibility filter: names and literals as written, not yet checked against attributes.</summary>
internal abstract record QueryNode;

internal sealed record AndNode(QueryNode Left, QueryNode Right) : QueryNode;

internal sealed record OrNode(QueryNode Left, QueryNode Right) : QueryNode;

internal sealed record NotNode(QueryNode Operand) : QueryNode;

/// <summary><c>Field op literal</c>.</summary>
internal sealed record ComparisonNode(QueryName Field, QueryOperator Operator, QueryLiteral Value) : QueryNode;

/// <summary><c>Field [NOT] IN (literal, …)</c>.</summary>
internal sealed record InNode(QueryName Field, IReadOnlyList<QueryLiteral> Values, bool Negated) : QueryNode;

/// <summary><c>Field [NOT] BETWEEN low AND high</c>, both ends included.</summary>
internal sealed record BetweenNode(QueryName Field, QueryLiteral Low, QueryLiteral High, bool Negated) : QueryNode;

/// <summary><c>Field [NOT] STARTS_WITH 'prefix'</c>.</summary>
internal sealed record StartsWithNode(QueryName Field, QueryLiteral Prefix, bool Negated) : QueryNode;

/// <summary><c>Field IS [NOT] NULL</c>.</summary>
internal sealed record IsNullNode(QueryName Field, bool Negated) : QueryNode;

/// <summary>A field's name and where it stands in the query, counted from 1.</summary>
internal readonly record struct QueryName(string Name, int Position);

/// <summary>A literal as written and where it stands in the query, counted from 1.</summary>
internal readonly record struct QueryLiteral(QueryLiteralKind Kind, string Text, int Position);

internal enum QueryLiteralKind
{
    String,
    Integer,
    Decimal,
    Boolean,
}

internal enum QueryOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>One term of ORDER BY.</summary>
internal readonly record struct OrderTerm(QueryName Field, bool Descending);

/// <summary>A parsed visibility query.</summary>
/// <param name="Filter">The condition; null admits every row.</param>
/// <param name="GroupBy">Fields to group a count by.</param>
/// <param name="OrderBy">Requested order; empty stands for the default order.</param>
internal sealed record VisibilityQuery(
    QueryNode? Filter, IReadOnlyList<QueryName> GroupBy, IReadOnlyList<OrderTerm> OrderBy);
