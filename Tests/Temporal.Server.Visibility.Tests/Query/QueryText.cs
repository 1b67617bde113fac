using System.Globalization;
using ImageLibrary.Temporal.Server.Visibility.Query;

namespace ImageLibrary.Tests.Temporal.Server.Visibility.Query;

/// <summary>Writes a filter as text, with brackets wherever the grammar might need them.</summary>
internal static class QueryText
{
    public static string Of(QueryNode node) => node switch
    {
        AndNode and => $"({Of(and.Left)} AND {Of(and.Right)})",
        OrNode or => $"({Of(or.Left)} or {Of(or.Right)})",
        NotNode not => $"NOT ({Of(not.Operand)})",
        ComparisonNode c => $"`{c.Field.Name}` {Symbol(c.Operator)} {Of(c.Value)}",
        InNode n => $"{n.Field.Name} {Not(n.Negated)}IN ({string.Join(", ", n.Values.Select(Of))})",
        BetweenNode b => $"{b.Field.Name} {Not(b.Negated)}BETWEEN {Of(b.Low)} AND {Of(b.High)}",
        StartsWithNode s => $"{s.Field.Name} {Not(s.Negated)}STARTS_WITH {Of(s.Prefix)}",
        IsNullNode n => $"{n.Field.Name} IS {Not(n.Negated)}NULL",
        _ => throw new InvalidOperationException(node.GetType().Name),
    };

    /// <summary>The node without the places of its names and literals, for comparisons.</summary>
    public static QueryNode WithoutPositions(QueryNode node) => node switch
    {
        AndNode and => new AndNode(WithoutPositions(and.Left), WithoutPositions(and.Right)),
        OrNode or => new OrNode(WithoutPositions(or.Left), WithoutPositions(or.Right)),
        NotNode not => new NotNode(WithoutPositions(not.Operand)),
        ComparisonNode c => c with { Field = c.Field with { Position = 0 }, Value = c.Value with { Position = 0 } },
        InNode n => n with { Field = n.Field with { Position = 0 }, Values = [.. n.Values.Select(v => v with { Position = 0 })] },
        BetweenNode b => b with
        {
            Field = b.Field with { Position = 0 },
            Low = b.Low with { Position = 0 },
            High = b.High with { Position = 0 },
        },
        StartsWithNode s => s with { Field = s.Field with { Position = 0 }, Prefix = s.Prefix with { Position = 0 } },
        IsNullNode n => n with { Field = n.Field with { Position = 0 } },
        _ => node,
    };

    private static string Of(QueryLiteral literal) => literal.Kind == QueryLiteralKind.String
        ? string.Create(CultureInfo.InvariantCulture, $"'{literal.Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'")
        : literal.Text;

    private static string Not(bool negated) => negated ? "NOT " : "";

    private static string Symbol(QueryOperator comparison) => comparison switch
    {
        QueryOperator.Equal => "=",
        QueryOperator.NotEqual => "!=",
        QueryOperator.Less => "<",
        QueryOperator.LessOrEqual => "<=",
        QueryOperator.Greater => ">",
        _ => ">=",
    };
}
