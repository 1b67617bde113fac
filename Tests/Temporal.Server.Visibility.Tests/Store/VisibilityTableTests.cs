using ImageLibrary.Temporal.Server.Visibility.Store;
using Temporalio.Api.Enums.V1;
using Xunit;

namespace ImageLibrary.Tests.Temporal.Server.Visibility.Store;

public class VisibilityTableTests
{
    [Fact]
    public void List_NoQuery_GivesOpenRunsFirstThenLatestCloseFirst()
    {
        using var table = new VisibilityTable();
        table.Write(
            VisibilityTable.Record(1) with { Status = WorkflowExecutionStatus.Completed, CloseTime = VisibilityTable.Epoch.AddHours(2) },
            VisibilityTable.Record(2),
            VisibilityTable.Record(3) with { Status = WorkflowExecutionStatus.Failed, CloseTime = VisibilityTable.Epoch.AddHours(1) },
            VisibilityTable.Record(4));
        Assert.Equal(["w4", "w2", "w1", "w3"], table.Ids(""));
    }

    [Fact]
    public void Upsert_AttributesReplaced_OldValuesAreNoLongerFound()
    {
        using var table = new VisibilityTable();
        table.Write(VisibilityTable.Record(1, ("MyKeyword", "a"), ("MyList", new[] { "x", "y" })));
        table.Write(VisibilityTable.Record(1, ("MyKeyword", "b")));
        Assert.Empty(table.Ids("MyKeyword = 'a'"));
        Assert.Equal(["w1"], table.Ids("MyKeyword = 'b' AND MyList IS NULL"));
    }

    [Fact]
    public void Upsert_RunCloses_LengthSizeAndDurationBecomeSearchable()
    {
        using var table = new VisibilityTable();
        var open = VisibilityTable.Record(1) with { HistoryLength = 5 };
        table.Write(open);
        Assert.Empty(table.Ids("HistoryLength = 5"));
        Assert.Equal(["w1"], table.Ids("HistoryLength IS NULL AND CloseTime IS NULL"));
        table.Write(open with { Status = WorkflowExecutionStatus.Completed, CloseTime = open.StartTime.AddSeconds(3905), HistorySizeBytes = 70 });
        Assert.Equal(["w1"], table.Ids("HistoryLength = 5 AND HistorySizeBytes BETWEEN 60 AND 80"));
        foreach (var duration in new[] { "'1h5m5s'", "'01:05:05'", "3905000000000", "'3905000000000'" })
        {
            Assert.Equal(["w1"], table.Ids($"ExecutionDuration = {duration}"));
        }
    }

    [Theory]
    [InlineData("ExecutionStatus = 'Running'")]
    [InlineData("ExecutionStatus = \"WORKFLOW_EXECUTION_STATUS_RUNNING\"")]
    [InlineData("`ExecutionStatus` = 1")]
    [InlineData("ExecutionStatus IN ('Running', 'ContinuedAsNew')")]
    [InlineData("RootWorkflowId = 'w1' and RootRunId = \"r1\"")]
    [InlineData("StartTime < '2026-01-01T01:00:02+01:00'")]
    [InlineData("StartTime = '2026-01-01T00:00:01.000000000Z'")]
    [InlineData("WorkflowId STARTS_WITH 'w' AND NOT WorkflowId not starts_with 'w1'")]
    public void List_FormsThatTheOfficialServerTakes_AreTaken(string query)
    {
        using var table = new VisibilityTable();
        table.Write(
            VisibilityTable.Record(1), VisibilityTable.Record(2) with { Status = WorkflowExecutionStatus.Completed, CloseTime = VisibilityTable.Epoch.AddHours(1) });
        Assert.Equal(["w1"], table.Ids(query));
    }

    [Fact]
    public void List_RowsOfANamespaceDivision_AreHiddenUnlessNamed()
    {
        using var table = new VisibilityTable();
        table.Write(VisibilityTable.Record(1), VisibilityTable.Record(2, ("TemporalNamespaceDivision", "TemporalScheduler")));
        Assert.Equal(["w1"], table.Ids(""));
        Assert.Equal(["w2"], table.Ids("TemporalNamespaceDivision = 'TemporalScheduler'"));
        Assert.Equal(["w2", "w1"], table.Ids("TemporalNamespaceDivision IS NULL OR TemporalNamespaceDivision IS NOT NULL"));
    }

    [Fact]
    public void List_RowsOfAnotherNamespace_AreNotSeen()
    {
        using var table = new VisibilityTable();
        table.Write(VisibilityTable.Record(1) with { Namespace = "other" }, VisibilityTable.Record(2));
        Assert.Equal(["w2"], table.Ids(""));
        Assert.Equal(1, Assert.Single(table.Count("")).Count);
    }

    [Fact]
    public void List_RunsWrittenBetweenPages_GivesNoRowTwice()
    {
        using var table = new VisibilityTable();
        table.Write([.. Enumerable.Range(1, 10).Select(key => VisibilityTable.Record(key))]);
        var first = table.Page("", 5);
        table.Write(VisibilityTable.Record(11));
        var second = table.Page("", 5, first.NextPageToken);
        Assert.Equal(["w5", "w4", "w3", "w2", "w1"], second.Rows.Select(row => row.WorkflowId));
        Assert.Null(second.NextPageToken);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void List_DamagedPageToken_IsRefused(string token)
    {
        using var table = new VisibilityTable();
        Assert.Throws<PageTokenException>(() => table.Page("", 5, System.Text.Encoding.UTF8.GetBytes(token)));
    }

    [Fact]
    public void Count_GroupedByStatus_GivesEachStatusWithItsNumber()
    {
        using var table = new VisibilityTable();
        table.Write(
            VisibilityTable.Record(1), VisibilityTable.Record(2), VisibilityTable.Record(3) with { Status = WorkflowExecutionStatus.Failed });
        var groups = table.Count("WorkflowId != 'w9' GROUP BY ExecutionStatus");
        Assert.Equal([(1L, 2L), (3L, 1L)], groups.Select(group => ((long)group.Values[0]!, group.Count)));
    }

    [Fact]
    public void Count_GroupedByCustomKeyword_HasAGroupForRowsWithoutIt()
    {
        using var table = new VisibilityTable();
        table.Write(VisibilityTable.Record(1, ("MyKeyword", "a")), VisibilityTable.Record(2, ("MyKeyword", "a")), VisibilityTable.Record(3));
        var groups = table.Count("GROUP BY MyKeyword");
        Assert.Equal([((object?)null, 1L), ("a", 2L)], groups.Select(group => (group.Values[0], group.Count)));
    }

    [Fact]
    public void Delete_Run_RemovesItAndItsAttributes()
    {
        using var table = new VisibilityTable();
        table.Write(VisibilityTable.Record(1, ("MyKeyword", "a")), VisibilityTable.Record(2, ("MyKeyword", "a")));
        table.Delete(1);
        table.Delete(77);
        Assert.Equal(["w2"], table.Ids("MyKeyword = 'a'"));
        using var count = table.Connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM search_attr";
        Assert.Equal(1L, count.ExecuteScalar());
    }

    [Fact]
    public void List_FilterByKeyword_StartsFromTheIndex()
    {
        using var table = new VisibilityTable();
        using var explain = table.Connection.CreateCommand();
        explain.CommandText = """
            EXPLAIN QUERY PLAN SELECT v.id FROM visibility v
            WHERE v.namespace = 'default' AND (v.id IN (SELECT a.row FROM search_attr a WHERE a.name = 'k' AND a.value = 'v'))
            """;
        using var reader = explain.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read())
        {
            plan.Add(reader.GetString(3));
        }

        Assert.Contains(plan, step => step.Contains("PRIMARY KEY (name=? AND value=?)", StringComparison.Ordinal));
    }
}
