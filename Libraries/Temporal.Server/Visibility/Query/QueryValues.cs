using System.Globalization;
using ImageLibrary.Temporal.Server.Visibility.Attributes;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Temporal.Server.Visibility.Query;

/// <summary>Converts the literals of a query to indexed values.</summary>
internal static class QueryValues
{
    /// <summary>The indexed value of <paramref name="literal"/> for <paramref name="field"/>.</summary>
    /// <exception cref="VisibilityQueryException">The literal does not fit the field's type.</exception>
    public static object Convert(VisibilityField field, QueryLiteral literal)
    {
        if (field.IsStatus)
        {
            return Status(literal);
        }
        object? value = (field.Type, literal.Kind) switch
        {
            (IndexedValueType.Keyword or IndexedValueType.KeywordList or IndexedValueType.Text, QueryLiteralKind.String) => literal.Text,
            (IndexedValueType.Int or IndexedValueType.Double, QueryLiteralKind.Integer) => Integer(literal),
            (IndexedValueType.Int or IndexedValueType.Double, QueryLiteralKind.Decimal) => Decimal(literal),
            (IndexedValueType.Int, QueryLiteralKind.String) when field.Name == "ExecutionDuration" => Duration(literal),
            (IndexedValueType.Bool, QueryLiteralKind.Boolean) => literal.Text == "TRUE" ? 1L : 0L,
            (IndexedValueType.Datetime, QueryLiteralKind.Integer) => Integer(literal),
            (IndexedValueType.Datetime, QueryLiteralKind.String) => Time(literal),
            _ => null,
        };
        return value ?? throw new VisibilityQueryException(
            $"invalid value type for search attribute {field.Name} of type {SearchAttributeCodec.TypeName(field.Type)}: '{literal.Text}'",
            literal.Position);
    }

    /// <summary>The status in words, as search attributes and the values of grouped counts have it.</summary>
    public static string StatusName(WorkflowExecutionStatus status) => status.ToString();

    private static long Status(QueryLiteral literal)
    {
        const string prefix = "WORKFLOW_EXECUTION_STATUS_";
        if (literal.Kind == QueryLiteralKind.Integer
            && int.TryParse(literal.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Enum.IsDefined((WorkflowExecutionStatus)number))
        {
            return (long)number;
        }
        foreach (var status in literal.Kind == QueryLiteralKind.String ? Enum.GetValues<WorkflowExecutionStatus>() : [])
        {
            var name = StatusName(status);
            var fullName = prefix + string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
            if (literal.Text == name || literal.Text == fullName)
            {
                return (long)status;
            }
        }
        throw new VisibilityQueryException($"invalid ExecutionStatus value '{literal.Text}'", literal.Position);
    }

    private static long Integer(QueryLiteral literal) =>
        long.TryParse(literal.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new VisibilityQueryException($"the number {literal.Text} does not fit 64 bits", literal.Position);

    private static double Decimal(QueryLiteral literal) =>
        double.TryParse(literal.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new VisibilityQueryException($"'{literal.Text}' is not a number", literal.Position);

    private static long Time(QueryLiteral literal)
    {
        try
        {
            return Timestamps.Parse(literal.Text);
        }
        catch (FormatException)
        {
            throw new VisibilityQueryException(
                $"unable to parse datetime '{literal.Text}', use RFC 3339 such as 2026-01-31T12:00:00Z", literal.Position);
        }
    }

    /// <summary>Nanoseconds of Go's notation (<c>1h5m0.5s</c>), of <c>[h]hh:mm:ss</c>, or of a bare number of nanoseconds.</summary>
    private static long Duration(QueryLiteral literal)
    {
        var text = literal.Text;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds))
        {
            return nanoseconds;
        }
        var parts = text.Split(':');
        if (parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours < 2_000_000
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes < 60
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 60)
        {
            return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000_000L;
        }
        return GoDuration(text)
            ?? throw new VisibilityQueryException($"unable to parse duration '{text}', use for instance 1h5m", literal.Position);
    }

    private static long? GoDuration(string text)
    {
        var total = 0m;
        var at = 0;
        while (at < text.Length)
        {
            var numberEnd = at;
            while (numberEnd < text.Length && (char.IsAsciiDigit(text[numberEnd]) || text[numberEnd] == '.'))
            {
                numberEnd++;
            }
            var unitEnd = numberEnd;
            while (unitEnd < text.Length && !char.IsAsciiDigit(text[unitEnd]) && text[unitEnd] != '.')
            {
                unitEnd++;
            }
            var unit = text[numberEnd..unitEnd] switch
            {
                "ns" => 1m,
                "us" or "µs" => 1_000m,
                "ms" => 1_000_000m,
                "s" => 1_000_000_000m,
                "m" => 60_000_000_000m,
                "h" => 3_600_000_000_000m,
                "d" => 86_400_000_000_000m,
                _ => 0m,
            };
            if (unit == 0 || numberEnd - at > 18
                || !decimal.TryParse(text.AsSpan(at, numberEnd - at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }
            total += number * unit;
            at = unitEnd;
        }
        return text.Length > 0 && total <= long.MaxValue ? (long)total : null;
    }
}
