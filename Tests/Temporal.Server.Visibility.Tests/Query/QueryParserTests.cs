using ImageLibrary.Temporal.Server.Visibility.Query;
using Xunit;

namespace ImageLibrary.Tests.Temporal.Server.Visibility.Query;

public class QueryParserTests
{
    [Theory]
    [InlineData("MyKeyword =", "but the query ends at position 12")]
    [InlineData("= 'a'", "expected the name of a field, near '=' at position 1")]
    [InlineData("MyKeyword = 'a' AND", "expected the name of a field, but the query ends at position 20")]
    [InlineData("(MyKeyword = 'a'", "expected ), but the query ends at position 17")]
    [InlineData("MyKeyword = 'a", "missing closing ' of the text that begins at position 13")]
    [InlineData("MyKeyword = abc", "a text must stand in quotes: 'abc', near 'abc' at position 13")]
    [InlineData("MyKeyword IN ()", "expected a value, near ')' at position 15")]
    [InlineData("MyKeyword LIKE 'a%'", "LIKE is not supported, use STARTS_WITH, near 'LIKE' at position 11")]
    [InlineData("MyKeyword IS TRUE", "IS may be followed by NULL or NOT NULL only, near 'TRUE' at position 14")]
    [InlineData("MyKeyword = NULL", "use IS NULL or IS NOT NULL, near 'NULL' at position 13")]
    [InlineData("MyKeyword = 'a'; DROP TABLE visibility", "unexpected ';' at position 16")]
    [InlineData("MyKeyword = 'a' LIMIT 3", "LIMIT is not supported, near 'LIMIT' at position 17")]
    [InlineData("MyInt = 12abc", "'12a' is not a number at position 9")]
    public void Parse_MalformedQuery_SaysWhatIsWrongAndWhere(string query, string message)
    {
        var failure = Assert.Throws<VisibilityQueryException>(() => QueryParser.Parse(query));
        Assert.EndsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Foo = 'x'", "invalid search attribute: Foo at position 1")]
    [InlineData("WorkflowID = 'x'", "invalid search attribute: WorkflowID at position 1")]
    [InlineData("MyKeyword = 1", "invalid value type for search attribute MyKeyword of type Keyword: '1' at position 13")]
    [InlineData("MyInt = '1'", "invalid value type for search attribute MyInt of type Int: '1' at position 9")]
    [InlineData("MyBool = 1", "invalid value type for search attribute MyBool of type Bool: '1' at position 10")]
    [InlineData("MyTime > '2026-01-02'", "unable to parse datetime '2026-01-02', use RFC 3339 such as 2026-01-31T12:00:00Z at position 10")]
    [InlineData("MyText STARTS_WITH 'a'", "operator 'STARTS_WITH' not supported for Text type search attribute 'MyText' at position 1")]
    [InlineData("MyList > 'a'", "operator '>' not supported for KeywordList type search attribute 'MyList' at position 1")]
    [InlineData("MyText = '--'", "no words to look for in the value of MyText at position 10")]
    [InlineData("ExecutionStatus = 'running'", "invalid ExecutionStatus value 'running' at position 19")]
    [InlineData("ExecutionDuration > '1 hour'", "unable to parse duration '1 hour', use for instance 1h5m at position 21")]
    [InlineData("MyInt = 99999999999999999999", "the number 99999999999999999999 does not fit 64 bits at position 9")]
    [InlineData("ORDER BY MyList", "ORDER BY is not supported for KeywordList type search attribute 'MyList' at position 10")]
    [InlineData("GROUP BY ExecutionStatus", "GROUP BY is for counts only at position 10")]
    public void List_QueryThatDoesNotFitTheAttributes_SaysWhatIsWrongAndWhere(string query, string message)
    {
        using var table = new VisibilityTable();
        var failure = Assert.Throws<VisibilityQueryException>(() => table.Ids(query));
        Assert.Equal("invalid query: " + message, failure.Message);
    }

    [Fact]
    public void Parse_NestedTooDeep_IsRefusedInsteadOfExhaustingTheStack()
    {
        var query = new string('(', 50_000) + "MyInt = 1" + new string(')', 50_000 - 40_000);
        Assert.Contains("nested", Assert.Throws<VisibilityQueryException>(() => QueryParser.Parse(query)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AndBesideOr_AndBindsStronger()
    {
        var filter = Assert.IsType<OrNode>(QueryParser.Parse("MyInt = 1 OR MyInt = 2 AND NOT MyInt = 3").Filter);
        Assert.IsType<ComparisonNode>(filter.Left);
        Assert.IsType<NotNode>(Assert.IsType<AndNode>(filter.Right).Right);
    }

    [Theory]
    [InlineData("'it''s'", "it's")]
    [InlineData("'it\\'s'", "it's")]
    [InlineData("\"say \"\"hi\"\"\"", "say \"hi\"")]
    [InlineData("\"back\\\\slash\"", "back\\slash")]
    public void Parse_QuotesInText_AreResolved(string literal, string text)
    {
        var filter = Assert.IsType<ComparisonNode>(QueryParser.Parse($"MyKeyword = {literal}").Filter);
        Assert.Equal(text, filter.Value.Text);
    }
}
