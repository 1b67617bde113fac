using System.Globalization;
using System.Text;
using System.Text.Json;
using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Visibility.Query;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Tests.Temporal.Server.Visibility.Query;

/// <summary>
/// What a filter means, said a second time and without SQL: three-valued logic over the values of a record. Shares nothing
/// with the translation but the syntax tree.
/// </summary>
internal static class QueryModel
{
    public static bool Matches(QueryNode node, VisibilityRecord record) => Evaluate(node, record) == true;

    private static bool? Evaluate(QueryNode node, VisibilityRecord record)
    {
        switch (node)
        {
            case NotNode not:
                return !Evaluate(not.Operand, record);
            case AndNode and:
                return Evaluate(and.Left, record) & Evaluate(and.Right, record);
            case OrNode or:
                return Evaluate(or.Left, record) | Evaluate(or.Right, record);
            case IsNullNode isNull:
                return (Values(isNull.Field.Name, record).Count == 0) ^ isNull.Negated;
            case ComparisonNode c when c.Field.Name == "MyText":
                return Words(c.Value.Text).Any(word => Values("MyText", record).Contains(word)) ^ (c.Operator == QueryOperator.NotEqual);
            case ComparisonNode c when c.Field.Name == "MyList":
                return Values("MyList", record).Contains(c.Value.Text) ^ (c.Operator == QueryOperator.NotEqual);
            case InNode n when n.Field.Name == "MyList":
                return n.Values.Any(value => Values("MyList", record).Contains(value.Text)) ^ n.Negated;
            case ComparisonNode c:
                return OnValue(c.Field, record, value => Holds(c.Operator, Order(value, c.Value)));
            case InNode n:
                return OnValue(n.Field, record, value => n.Values.Any(item => Order(value, item) == 0) ^ n.Negated);
            case BetweenNode b:
                return OnValue(b.Field, record, value => (Order(value, b.Low) >= 0 && Order(value, b.High) <= 0) ^ b.Negated);
            case StartsWithNode s:
                return OnValue(s.Field, record, value => ((string)value).StartsWith(s.Prefix.Text, StringComparison.Ordinal) ^ s.Negated);
            default:
                throw new InvalidOperationException(node.GetType().Name);
        }
    }

    private static bool? OnValue(QueryName field, VisibilityRecord record, Func<object, bool> test) =>
        Values(field.Name, record) is [var value] ? test(value) : null;

    private static bool Holds(QueryOperator comparison, int order) => comparison switch
    {
        QueryOperator.Equal => order == 0,
        QueryOperator.NotEqual => order != 0,
        QueryOperator.Less => order < 0,
        QueryOperator.LessOrEqual => order <= 0,
        QueryOperator.Greater => order > 0,
        _ => order >= 0,
    };

    private static int Order(object value, QueryLiteral literal) => value switch
    {
        string text => Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(literal.Text)),
        bool flag => flag.CompareTo(literal.Text == "TRUE"),
        DateTimeOffset time => time.CompareTo(DateTimeOffset.Parse(literal.Text, CultureInfo.InvariantCulture)),
        WorkflowExecutionStatus status => literal.Text == status.ToString() ? 0 : 1,
        double number => number.CompareTo(double.Parse(literal.Text, CultureInfo.InvariantCulture)),
        _ => throw new InvalidOperationException(value.GetType().Name),
    };

    private static List<object> Values(string field, VisibilityRecord record)
    {
        object? value = field switch
        {
            "WorkflowId" => record.WorkflowId,
            "ParentWorkflowId" => record.ParentWorkflowId.Length == 0 ? null : record.ParentWorkflowId,
            "ExecutionStatus" => record.Status,
            "StartTime" => record.StartTime,
            "CloseTime" => record.CloseTime,
            "HistoryLength" => record.CloseTime is null ? null : (double)record.HistoryLength,
            _ => null,
        };
        if (value is not null)
        {
            return [value];
        }

        if (record.SearchAttributes?.IndexedFields.TryGetValue(field, out var payload) != true)
        {
            return [];
        }

        var json = JsonDocument.Parse(payload!.Data.ToStringUtf8()).RootElement;
        return field switch
        {
            "MyList" => [.. json.EnumerateArray().Select(item => item.GetString()!)],
            "MyText" => [.. Words(json.GetString()!)],
            "MyBool" => [json.GetBoolean()],
            "MyTime" => [json.GetDateTimeOffset()],
            "MyKeyword" => [json.GetString()!],
            _ => [json.GetDouble()],
        };
    }

    private static string[] Words(string text) =>
        text.ToUpperInvariant().Split([' ', '-', '.', ',', '\''], StringSplitOptions.RemoveEmptyEntries);
}
