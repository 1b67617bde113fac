using System.Text;

namespace ImageLibrary.Temporal.Server.Visibility.Query;

/// <summary>Splits a visibility query into tokens.</summary>
internal sealed class QueryTokenizer(string query)
{
    private static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "AND", "OR", "NOT", "IN", "BETWEEN", "STARTS_WITH", "IS", "NULL", "TRUE", "FALSE",
        "ORDER", "GROUP", "BY", "ASC", "DESC", "LIKE", "LIMIT",
    };

    private int at;

    /// <summary>All tokens of <paramref name="query"/>, closed by one of kind <see cref="QueryTokenKind.End"/>.</summary>
    public static List<QueryToken> Tokenize(string query)
    {
        var tokenizer = new QueryTokenizer(query);
        var tokens = new List<QueryToken>();
        do
        {
            tokens.Add(tokenizer.Next());
        }
        while (tokens[^1].Kind != QueryTokenKind.End);
        return tokens;
    }

    private QueryToken Next()
    {
        while (at < query.Length && char.IsWhiteSpace(query[at]))
        {
            at++;
        }
        if (at == query.Length)
        {
            return new QueryToken(QueryTokenKind.End, "", at + 1);
        }
        var first = query[at];
        return first switch
        {
            '\'' or '"' => Quoted(first, QueryTokenKind.String, allowEscapes: true),
            '`' => Quoted(first, QueryTokenKind.Name, allowEscapes: false),
            >= '0' and <= '9' => Number(),
            '-' or '+' or '.' when StartsNumber() => Number(),
            _ when IsNameStart(first) => Word(),
            _ => Symbol(),
        };
    }

    private QueryToken Quoted(char quote, QueryTokenKind kind, bool allowEscapes)
    {
        var start = at++;
        var text = new StringBuilder();
        while (at < query.Length)
        {
            var current = query[at++];
            if (current == quote)
            {
                if (at == query.Length || query[at] != quote)
                {
                    return new QueryToken(kind, text.ToString(), start + 1);
                }
                at++; // a doubled quote stands for one
            }
            else if (current == '\\' && allowEscapes && at < query.Length)
            {
                current = Unescape(query[at++]);
            }
            text.Append(current);
        }
        throw new VisibilityQueryException($"missing closing {quote} of the text that begins", start + 1);
    }

    private static char Unescape(char escaped) => escaped switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        '0' => '\0',
        _ => escaped,
    };

    private bool StartsNumber()
    {
        var digit = query[at] == '.' ? at + 1 : at + 1 < query.Length && query[at + 1] == '.' ? at + 2 : at + 1;
        return digit < query.Length && char.IsAsciiDigit(query[digit]);
    }

    private QueryToken Number()
    {
        var start = at++;
        var isDecimal = query[start] == '.';
        for (; at < query.Length; at++)
        {
            var current = query[at];
            if (current is '.' or 'e' or 'E')
            {
                isDecimal = true;
            }
            else if (!char.IsAsciiDigit(current) && !(current is '+' or '-' && query[at - 1] is 'e' or 'E'))
            {
                break;
            }
        }
        if (at < query.Length && IsNameStart(query[at]))
        {
            throw new VisibilityQueryException($"'{query[start..(at + 1)]}' is not a number", start + 1);
        }
        return new QueryToken(isDecimal ? QueryTokenKind.Decimal : QueryTokenKind.Integer, query[start..at], start + 1);
    }

    private QueryToken Word()
    {
        var start = at;
        while (at < query.Length && IsNamePart(query[at]))
        {
            at++;
        }
        var text = query[start..at];
        return Keywords.Contains(text)
            ? new QueryToken(QueryTokenKind.Keyword, text.ToUpperInvariant(), start + 1)
            : new QueryToken(QueryTokenKind.Name, text, start + 1);
    }

    private QueryToken Symbol()
    {
        var start = at++;
        var pair = at < query.Length ? query.Substring(start, 2) : "";
        if (pair is "!=" or "<>" or "<=" or ">=")
        {
            at++;
            return new QueryToken(QueryTokenKind.Symbol, pair == "<>" ? "!=" : pair, start + 1);
        }
        return query[start] is '=' or '<' or '>' or '(' or ')' or ','
            ? new QueryToken(QueryTokenKind.Symbol, query[start].ToString(), start + 1)
            : throw new VisibilityQueryException($"unexpected '{query[start]}'", start + 1);
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c is '_' or '@' or '$';

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '@' or '$' or '.' or '-';
}
