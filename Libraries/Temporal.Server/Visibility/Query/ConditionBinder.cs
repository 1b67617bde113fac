using ImageLibrary.Temporal.Server.Visibility.Attributes;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Temporal.Server.Visibility.Query;

/// <summary>Turns a parsed filter into a <see cref="Condition"/>: resolves names, checks and converts values.</summary>
internal sealed class ConditionBinder(Func<QueryName, VisibilityField> resolve)
{
    private readonly HashSet<string> fields = new(StringComparer.Ordinal);

    /// <summary>Names of all fields met so far.</summary>
    public IReadOnlySet<string> Fields => fields;

    /// <summary>Binds a filter.</summary>
    /// <exception cref="VisibilityQueryException">Unknown field, wrong type of value, or unsupported operator.</exception>
    public Condition Bind(QueryNode node) => Bind(node, negated: false);

    private Condition Bind(QueryNode node, bool negated) => node switch
    {
        NotNode not => Bind(not.Operand, !negated),
        AndNode and => Join(and.Left, and.Right, all: !negated, negated),
        OrNode or => Join(or.Left, or.Right, all: negated, negated),
        ComparisonNode comparison => BindComparison(comparison, negated),
        InNode list => BindIn(list, negated ^ list.Negated),
        BetweenNode between => BindBetween(between, negated ^ between.Negated),
        StartsWithNode startsWith => BindStartsWith(startsWith, negated ^ startsWith.Negated),
        IsNullNode isNull => new Missing(Field(isNull.Field), negated ^ isNull.Negated),
        _ => throw new InvalidOperationException($"unknown node {node.GetType().Name}"),
    };

    private Condition Join(QueryNode left, QueryNode right, bool all, bool negated)
    {
        Condition[] both = [Bind(left, negated), Bind(right, negated)];
        return all ? new AllOf(both) : new AnyOf(both);
    }

    private Condition BindComparison(ComparisonNode node, bool negated)
    {
        var field = Field(node.Field);
        var comparison = negated ? Opposite(node.Operator) : node.Operator;
        var isEquality = comparison is QueryOperator.Equal or QueryOperator.NotEqual;
        if ((field.HasManyValues || field.IsStatus) && !isEquality)
        {
            throw NotSupported(Symbol(node.Operator), field, node.Field);
        }
        if (field.Type == IndexedValueType.Text)
        {
            return new Contains(field, Tokens(field, node.Value), comparison == QueryOperator.NotEqual);
        }
        var value = QueryValues.Convert(field, node.Value);
        return field.HasManyValues
            ? new Contains(field, [value], comparison == QueryOperator.NotEqual)
            : new Compare(field, comparison, value);
    }

    private Condition BindIn(InNode node, bool negated)
    {
        var field = Field(node.Field);
        if (field.Type == IndexedValueType.Text)
        {
            throw NotSupported("IN", field, node.Field);
        }
        var values = node.Values.Select(value => QueryValues.Convert(field, value)).ToList();
        return field.HasManyValues ? new Contains(field, values, negated) : new OneOf(field, values, negated);
    }

    private Range BindBetween(BetweenNode node, bool negated)
    {
        var field = Field(node.Field);
        return field.HasManyValues || field.IsStatus
            ? throw NotSupported("BETWEEN", field, node.Field)
            : new Range(field, QueryValues.Convert(field, node.Low), QueryValues.Convert(field, node.High), negated);
    }

    private Prefixed BindStartsWith(StartsWithNode node, bool negated)
    {
        var field = Field(node.Field);
        return field.Type != IndexedValueType.Keyword || field.IsStatus
            ? throw NotSupported("STARTS_WITH", field, node.Field)
            : new Prefixed(field, (string)QueryValues.Convert(field, node.Prefix), negated);
    }

    private static List<object> Tokens(VisibilityField field, QueryLiteral literal)
    {
        var tokens = SearchAttributeCodec.Tokens((string)QueryValues.Convert(field, literal));
        return tokens.Count > 0 ? [.. tokens]
            : throw new VisibilityQueryException($"no words to look for in the value of {field.Name}", literal.Position);
    }

    private VisibilityField Field(QueryName name)
    {
        fields.Add(name.Name);
        return resolve(name);
    }

    private static VisibilityQueryException NotSupported(string what, VisibilityField field, QueryName name) => new(
        $"operator '{what}' not supported for {SearchAttributeCodec.TypeName(field.Type)} type search attribute '{field.Name}'",
        name.Position);

    private static QueryOperator Opposite(QueryOperator comparison) => comparison switch
    {
        QueryOperator.Equal => QueryOperator.NotEqual,
        QueryOperator.NotEqual => QueryOperator.Equal,
        QueryOperator.Less => QueryOperator.GreaterOrEqual,
        QueryOperator.LessOrEqual => QueryOperator.Greater,
        QueryOperator.Greater => QueryOperator.LessOrEqual,
        _ => QueryOperator.Less,
    };

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
