namespace ImageLibrary.Temporal.Server.Visibility.Query;

/// <summary>
/// Parses Temporal's list filter language (<see href="https://docs.temporal.io/list-filter"/>) by recursive descent:
/// <c>[filter] [GROUP BY name, …] [ORDER BY name [ASC|DESC], …]</c>.
/// </summary>
internal sealed class QueryParser
{
    /// <summary>Deeper nesting is refused, so that no query can exhaust the stack.</summary>
    private const int MaxDepth = 200;

    /// <summary>Longer queries are refused.</summary>
    private const int MaxLength = 64 * 1024;

    /// <summary>More conditions are refused: SQLite nests them, and bounds the depth.</summary>
    private const int MaxConditions = 500;

    private readonly List<QueryToken> tokens;
    private int at;
    private int depth;
    private int conditions;

    private QueryParser(List<QueryToken> tokens)
    {
        this.tokens = tokens;
    }

    private QueryToken Current => tokens[at];

    /// <summary>Parses <paramref name="query"/>; empty text is a query without a filter.</summary>
    /// <exception cref="VisibilityQueryException">The text is no valid query.</exception>
    public static VisibilityQuery Parse(string query)
    {
        if (query.Length > MaxLength)
        {
            throw new VisibilityQueryException($"longer than {MaxLength} characters", MaxLength);
        }
        var parser = new QueryParser(QueryTokenizer.Tokenize(query));
        var filter = parser.Current.Kind == QueryTokenKind.End || parser.Current.Is("ORDER") || parser.Current.Is("GROUP")
            ? null
            : parser.Disjunction();
        var groupBy = parser.GroupBy();
        var orderBy = parser.OrderBy();
        return parser.Current.Kind == QueryTokenKind.End
            ? new VisibilityQuery(filter, groupBy, orderBy)
            : throw parser.Unexpected(parser.Current.Is("LIMIT") ? "LIMIT is not supported" : "expected AND, OR or the end");
    }

    private List<QueryName> GroupBy()
    {
        var names = new List<QueryName>();
        if (Accept("GROUP"))
        {
            Expect("BY");
            do
            {
                names.Add(Name());
            }
            while (Accept(","));
        }
        return names;
    }

    private List<OrderTerm> OrderBy()
    {
        var terms = new List<OrderTerm>();
        if (Accept("ORDER"))
        {
            Expect("BY");
            do
            {
                var name = Name();
                var descending = Accept("DESC");
                if (!descending)
                {
                    Accept("ASC");
                }
                terms.Add(new OrderTerm(name, descending));
            }
            while (Accept(","));
        }
        return terms;
    }

    private QueryNode Disjunction()
    {
        var left = Conjunction();
        while (Accept("OR"))
        {
            left = new OrNode(left, Conjunction());
        }
        return left;
    }

    private QueryNode Conjunction()
    {
        var left = Negation();
        while (Accept("AND"))
        {
            left = new AndNode(left, Negation());
        }
        return left;
    }

    private QueryNode Negation()
    {
        if (++depth > MaxDepth)
        {
            throw new VisibilityQueryException($"nested more than {MaxDepth} levels deep", Current.Position);
        }
        QueryNode node;
        if (Accept("NOT"))
        {
            node = new NotNode(Negation());
        }
        else if (Accept("("))
        {
            node = Disjunction();
            Expect(")");
        }
        else
        {
            node = Condition();
        }
        depth--;
        return node;
    }

    private QueryNode Condition()
    {
        if (++conditions > MaxConditions)
        {
            throw new VisibilityQueryException($"more than {MaxConditions} conditions", Current.Position);
        }
        var field = Name();
        if (Current.Kind == QueryTokenKind.Symbol && OperatorOf(Current.Text) is { } comparison)
        {
            at++;
            return new ComparisonNode(field, comparison, Literal());
        }
        if (Accept("IS"))
        {
            var isNot = Accept("NOT");
            return Accept("NULL") ? new IsNullNode(field, isNot) : throw Unexpected("IS may be followed by NULL or NOT NULL only");
        }
        var negated = Accept("NOT");
        if (Accept("IN"))
        {
            return new InNode(field, LiteralList(), negated);
        }
        if (Accept("BETWEEN"))
        {
            var low = Literal();
            Expect("AND");
            return new BetweenNode(field, low, Literal(), negated);
        }
        return Accept("STARTS_WITH") ? new StartsWithNode(field, Literal(), negated)
            : throw Unexpected(Current.Is("LIKE") ? "LIKE is not supported, use STARTS_WITH" : "expected an operator");
    }

    private static QueryOperator? OperatorOf(string symbol) => symbol switch
    {
        "=" => QueryOperator.Equal,
        "!=" => QueryOperator.NotEqual,
        "<" => QueryOperator.Less,
        "<=" => QueryOperator.LessOrEqual,
        ">" => QueryOperator.Greater,
        ">=" => QueryOperator.GreaterOrEqual,
        _ => null,
    };

    private List<QueryLiteral> LiteralList()
    {
        Expect("(");
        var values = new List<QueryLiteral>();
        do
        {
            values.Add(Literal());
        }
        while (Accept(","));
        Expect(")");
        return values;
    }

    private QueryName Name()
    {
        var token = Current;
        if (token.Kind != QueryTokenKind.Name)
        {
            throw Unexpected("expected the name of a field");
        }
        at++;
        return new QueryName(token.Text, token.Position);
    }

    private QueryLiteral Literal()
    {
        var token = Current;
        QueryLiteralKind? kind = token.Kind switch
        {
            QueryTokenKind.String => QueryLiteralKind.String,
            QueryTokenKind.Integer => QueryLiteralKind.Integer,
            QueryTokenKind.Decimal => QueryLiteralKind.Decimal,
            QueryTokenKind.Keyword when token.Text is "TRUE" or "FALSE" => QueryLiteralKind.Boolean,
            _ => null,
        };
        if (kind is null)
        {
            throw Unexpected(token.Kind == QueryTokenKind.Name
                ? $"expected a value; a text must stand in quotes: '{token.Text}'"
                : token.Is("NULL") ? "NULL is not a value here, use IS NULL or IS NOT NULL" : "expected a value");
        }
        at++;
        return new QueryLiteral(kind.Value, token.Text, token.Position);
    }

    private bool Accept(string keywordOrSymbol)
    {
        if (!Current.Is(keywordOrSymbol))
        {
            return false;
        }
        at++;
        return true;
    }

    private void Expect(string keywordOrSymbol)
    {
        if (!Accept(keywordOrSymbol))
        {
            throw Unexpected($"expected {keywordOrSymbol}");
        }
    }

    private VisibilityQueryException Unexpected(string reason) => new(
        Current.Kind == QueryTokenKind.End ? $"{reason}, but the query ends" : $"{reason}, near '{Current.Text}'",
        Current.Position);
}
