using ImageLibrary.Temporal.Server.Wire;
using ImageLibrary.Tests.Temporal.Server.Support;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Tests.Temporal.Server.Execution;

public sealed class DeletionTests
{
    [Fact]
    public async Task Delete_OpenRun_LeavesNothing()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));

        await server.CallAsync<DeleteWorkflowExecutionResponse>(
            new DeleteWorkflowExecutionRequest { Namespace = TestEngine.Namespace, WorkflowExecution = new() { WorkflowId = "a" } });

        Assert.Equal(StatusCode.NotFound, await server.RefusalAsync<GetWorkflowExecutionHistoryResponse>(
            new GetWorkflowExecutionHistoryRequest { Namespace = TestEngine.Namespace, Execution = new() { WorkflowId = "a" } }));
        Assert.Equal(0, await CountAsync(server));
        Assert.All(new[] { "runs", "current", "history", "visibility" }, table => Assert.Equal(0, Rows(server, table)));
        Assert.Null(await server.PollWorkflowAsync());
    }

    [Fact]
    public async Task Sweep_RetentionOver_RemovesClosedRunsOnly()
    {
        await using var server = await TestEngine.StartAsync();
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("open"));
        foreach (var id in Enumerable.Range(0, 250))
        {
            await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start($"closed-{id}"));
            await server.CallAsync<TerminateWorkflowExecutionResponse>(Requests.Terminate($"closed-{id}"));
        }

        await server.AdvanceAsync(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(2));
        Assert.Equal(251, await CountAsync(server));
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("young"));
        await server.CallAsync<TerminateWorkflowExecutionResponse>(Requests.Terminate("young"));

        // The sweep pauses between its slices, by the same clock.
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await CountAsync(server) > 2)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await server.AdvanceAsync(TimeSpan.FromSeconds(30));
        }

        Assert.NotEmpty(await server.HistoryAsync("open"));
        Assert.NotEmpty(await server.HistoryAsync("young"));
        Assert.Equal(StatusCode.NotFound, await server.RefusalAsync<GetWorkflowExecutionHistoryResponse>(
            new GetWorkflowExecutionHistoryRequest { Namespace = TestEngine.Namespace, Execution = new() { WorkflowId = "closed-7" } }));
        Assert.Equal(2, Rows(server, "runs"));
    }

    [Fact]
    public async Task Find_FormerRunReadFromDisk_IdStandsForTheNewerRun()
    {
        await using var server = await TestEngine.StartAsync();
        var former = await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        await server.CallAsync<TerminateWorkflowExecutionResponse>(Requests.Terminate("a"));
        await server.CallAsync<StartWorkflowExecutionResponse>(Requests.Start("a"));
        await server.RestartAsync();

        await server.HistoryAsync("a", former.RunId);

        await server.CallAsync<SignalWorkflowExecutionResponse>(Requests.Signal("a", "to the newer"));
        Assert.Equal(StatusCode.AlreadyExists, await server.RefusalAsync<StartWorkflowExecutionResponse>(Requests.Start("a")));
    }

    private static async Task<long> CountAsync(TestEngine server) =>
        (await server.CallAsync<CountWorkflowExecutionsResponse>(new CountWorkflowExecutionsRequest { Namespace = TestEngine.Namespace })).Count;

    private static long Rows(TestEngine server, string table) => server.Engine.Store.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    });
}
