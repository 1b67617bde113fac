using Xunit;

namespace ImageLibrary.Tests.Temporal.Server.WebUi;

/// <summary>Commands of the official command line.</summary>
public class OfficialCliTests
{
    [Fact]
    public async Task OperatorSearchAttribute_CreateListRemove_Work()
    {
        await using var server = await EmbeddedServer.StartAsync();
        var (created, output) = await OfficialCli.RunAsync(server.Address, "operator", "search-attribute", "create", "--name", "Album", "--type", "KeywordList");
        Assert.True(created == 0, output);
        (created, output) = await OfficialCli.RunAsync(server.Address, "operator", "search-attribute", "create", "--name", "Album", "--type", "KeywordList");
        Assert.True(created == 0, output);
        var (_, list) = await OfficialCli.RunAsync(server.Address, "operator", "search-attribute", "list");
        Assert.Contains("Album", list, StringComparison.Ordinal);
        Assert.Contains("ImageProgress", list, StringComparison.Ordinal);
        Assert.Contains("ExecutionStatus", list, StringComparison.Ordinal);
        var (removed, removal) = await OfficialCli.RunAsync(server.Address, "operator", "search-attribute", "remove", "--name", "Album", "--yes");
        Assert.True(removed == 0, removal);
        (_, list) = await OfficialCli.RunAsync(server.Address, "operator", "search-attribute", "list");
        Assert.DoesNotContain("Album", list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("workflow", "list")]
    [InlineData("workflow", "list", "--query", "ImageLibraryId = 'holiday' AND ImageProgress > 10 AND ExecutionStatus IN ('Running', 'Completed')")]
    [InlineData("workflow", "count", "--query", "ExecutionStatus = 'Running' GROUP BY ExecutionStatus")]
    [InlineData("task-queue", "describe", "--task-queue", "image-library")]
    [InlineData("task-queue", "list-partition", "--task-queue", "image-library")]
    [InlineData("operator", "cluster", "health")]
    [InlineData("operator", "namespace", "describe", "default")]
    [InlineData("worker", "list")]
    public async Task Command_OnAnEmptyServer_Succeeds(params string[] arguments)
    {
        await using var server = await EmbeddedServer.StartAsync();
        var (exitCode, output) = await OfficialCli.RunAsync(server.Address, arguments);
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task WorkflowList_WrongQuery_SaysWhatIsWrongAndWhere()
    {
        await using var server = await EmbeddedServer.StartAsync();
        var (exitCode, output) = await OfficialCli.RunAsync(server.Address, "workflow", "list", "--query", "ImageStage = 'rendering'");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("invalid search attribute: ImageStage at position 1", output, StringComparison.Ordinal);
    }
}
