using System.Globalization;
using CsCheck;
using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Visibility.Query;
using Temporalio.Api.Enums.V1;
using Xunit;

namespace ImageLibrary.Tests.Temporal.Server.Visibility.Query;

public class QueryPropertyTests
{
    private static readonly string[] Words = ["a", "ab", "b", "", "ä", "it's", "a\\b", "Z", "日本"];
    private static readonly Gen<string> GenWord = OneOf(Words);
    private static readonly Gen<string> GenSentence = OneOf("red", "Red car", "green-car", "blue, car. red");
    private static readonly Gen<int> GenSmall = Gen.Int[-2, 2];
    private static readonly Gen<DateTimeOffset> GenTime = Gen.Int[0, 4].Select(hour => VisibilityTable.Epoch.AddHours(hour));

    private static readonly Gen<WorkflowExecutionStatus> GenStatus = OneOf(
        WorkflowExecutionStatus.Running, WorkflowExecutionStatus.Completed, WorkflowExecutionStatus.TimedOut);

    private static readonly Gen<(string, object?)[]> GenAttributes = Gen.OneOf(
        GenWord.Select(value => ("MyKeyword", (object?)value)),
        GenWord.Array[1, 3].Select(value => ("MyList", (object?)value)),
        GenSentence.Select(value => ("MyText", (object?)value)),
        GenSmall.Select(value => ("MyInt", (object?)value)),
        GenSmall.Select(value => ("MyDouble", (object?)(value / 2.0))),
        Gen.Bool.Select(value => ("MyBool", (object?)value)),
        GenTime.Select(value => ("MyTime", (object?)value.ToString("O", CultureInfo.InvariantCulture)))).Array[0, 5];

    private static readonly Gen<VisibilityRecord[]> GenRecords =
        Gen.Select(GenAttributes, GenStatus, GenTime, GenWord, GenWord, (attributes, status, start, id, parent) =>
            VisibilityTable.Record(0, attributes) with
            {
                WorkflowId = id,
                ParentWorkflowId = parent,
                Status = status,
                StartTime = start,
                CloseTime = status == WorkflowExecutionStatus.Running ? null : start.AddMinutes(id.Length),
                HistoryLength = parent.Length,
            }).Array[1, 12].Select(records => records.Select((record, i) => record with { RunKey = i + 1, RunId = $"r{i + 1}" }).ToArray());

    // Static fields are initialised in the order of the text; the leaves need these two.
    private static readonly Gen<QueryLiteral> Number = Gen.OneOf(
        GenSmall.Select(value => new QueryLiteral(QueryLiteralKind.Integer, value.ToString(CultureInfo.InvariantCulture), 0)),
        GenSmall.Select(value => new QueryLiteral(QueryLiteralKind.Decimal, (value / 2.0).ToString("0.0", CultureInfo.InvariantCulture), 0)));

    private static readonly Gen<QueryLiteral> Time = Text(GenTime.Select(time => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));

    private static readonly Gen<QueryNode> GenNode = Gen.Recursive<QueryNode>((depth, node) => depth > 3 ? GenLeaf() : Gen.Frequency(
        (3, GenLeaf()),
        (1, node.Select(QueryNode (operand) => new NotNode(operand))),
        (2, Gen.Select(node, node, QueryNode (left, right) => new AndNode(left, right))),
        (2, Gen.Select(node, node, QueryNode (left, right) => new OrNode(left, right)))));

    [Fact]
    public void List_AnyFilterOnAnyRows_GivesWhatTheModelGives()
    {
        Gen.Select(GenRecords, GenNode).Sample((records, filter) =>
        {
            using var table = new VisibilityTable();
            table.Write(records);
            var expected = records.Where(record => QueryModel.Matches(filter, record)).Select(record => record.RunId).Order();
            var query = QueryText.Of(filter);
            var actual = table.Page(query, 100).Rows.Select(row => row.RunId).Order().ToList();
            Assert.Equal(expected, actual);
            Assert.Equal(actual.Count, Assert.Single(table.Count(query)).Count);
        }, iter: 500);
    }

    [Fact]
    public void Parse_TextOfAnyFilter_GivesTheFilter()
    {
        GenNode.Sample(filter =>
        {
            var parsed = QueryText.WithoutPositions(QueryParser.Parse(QueryText.Of(filter)).Filter!);
            Assert.Equal(QueryText.Of(filter), QueryText.Of(parsed));
            Assert.Equal(filter.GetType(), parsed.GetType());
        }, iter: 500);
    }

    [Fact]
    public void Parse_AnyText_GivesAQueryOrSaysWhereItIsWrong()
    {
        var pieces = OneOf("MyInt", "=", "(", ")", "'", "\"", "`", "1", "AND", "NOT", "IN", " ", ",", "\\", "ORDER BY", ";", "-", "é");
        Gen.OneOf(pieces.Array[0, 12].Select(string.Concat), pieces.Array[0, 12].Select(part => string.Join(' ', part)), Gen.String).Sample(text =>
        {
            try
            {
                QueryParser.Parse(text);
            }
            catch (VisibilityQueryException failure)
            {
                Assert.InRange(failure.Position, 1, text.Length + 1);
            }
        }, iter: 2_000);
    }

    [Fact]
    public void List_AnyOrderAndPageSize_GivesEveryRowOnceAndInOrder()
    {
        var orders = OneOf("", "ORDER BY MyKeyword", "ORDER BY CloseTime DESC, MyInt", "order by MyInt desc, StartTime asc", "ORDER BY MyDouble");
        Gen.Select(GenRecords, orders, Gen.Int[1, 5]).Sample((records, order, size) =>
        {
            using var table = new VisibilityTable();
            table.Write(records);
            var whole = table.Page(order, 100);
            Assert.Null(whole.NextPageToken);
            Assert.Equal(records.Length, whole.Rows.Count);
            var paged = new List<string>();
            byte[]? token = null;
            do
            {
                var page = table.Page(order, size, token);
                Assert.InRange(page.Rows.Count, 1, size);
                Assert.True(paged.Count <= records.Length);
                paged.AddRange(page.Rows.Select(row => row.RunId));
                token = page.NextPageToken;
            }
            while (token is not null);
            Assert.Equal(whole.Rows.Select(row => row.RunId), paged);
        }, iter: 300);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<QueryNode> GenLeaf() => Gen.OneOf(
        Single("MyKeyword", Text(GenWord)), Single("WorkflowId", Text(GenWord)), Single("ParentWorkflowId", Text(GenWord)),
        Prefix("MyKeyword"), Prefix("WorkflowId"), Prefix("ParentWorkflowId"),
        Single("MyInt", Number), Single("MyDouble", Number), Single("HistoryLength", Number),
        Single("MyBool", Gen.Bool.Select(value => new QueryLiteral(QueryLiteralKind.Boolean, value ? "TRUE" : "FALSE", 0))),
        Single("MyTime", Time), Single("StartTime", Time), Single("CloseTime", Time),
        Equality("ExecutionStatus", Text(GenStatus.Select(status => status.ToString()))), List("ExecutionStatus", Text(GenStatus.Select(status => status.ToString()))),
        Equality("MyList", Text(GenWord)), List("MyList", Text(GenWord)), Null("MyList"),
        Equality("MyText", Text(GenSentence)), Null("MyText"));

    private static Gen<QueryLiteral> Text(Gen<string> text) => text.Select(value => new QueryLiteral(QueryLiteralKind.String, value, 0));

    private static QueryName Name(string field) => new(field, 0);

    private static Gen<QueryNode> Single(string field, Gen<QueryLiteral> value) => Gen.OneOf(
        Gen.Select(Gen.Enum<QueryOperator>(), value, QueryNode (comparison, literal) => new ComparisonNode(Name(field), comparison, literal)),
        List(field, value),
        Gen.Select(value, value, Gen.Bool, QueryNode (low, high, negated) => new BetweenNode(Name(field), low, high, negated)),
        Null(field));

    private static Gen<QueryNode> Equality(string field, Gen<QueryLiteral> value) => Gen.Select(Gen.Bool, value, QueryNode (equal, literal) =>
        new ComparisonNode(Name(field), equal ? QueryOperator.Equal : QueryOperator.NotEqual, literal));

    private static Gen<QueryNode> List(string field, Gen<QueryLiteral> value) => Gen.Select(value.Array[1, 3], Gen.Bool, QueryNode (values, negated) =>
        new InNode(Name(field), values, negated));

    private static Gen<QueryNode> Prefix(string field) => Gen.Select(Text(GenWord), Gen.Bool, QueryNode (prefix, negated) =>
        new StartsWithNode(Name(field), prefix, negated));

    private static Gen<QueryNode> Null(string field) => Gen.Bool.Select(QueryNode (negated) => new IsNullNode(Name(field), negated));
}
