using ImageLibrary.Temporal.Server.Sharding;
using ImageLibrary.Temporal.Server.Storage;
using Microsoft.Data.Sqlite;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>Removing runs: those that somebody deletes, and those whose retention is over.</content>
internal sealed partial class WorkflowEngine
{
    /// <summary>Removes a run with its history and its row in lists; one that is open is terminated first.</summary>
    public void Delete(Transition step, DeleteWorkflowExecutionRequest request)
    {
        var run = Runs.Require(request.Namespace, request.WorkflowExecution.WorkflowId, request.WorkflowExecution.RunId);
        if (run.IsOpen)
        {
            TerminateRun(step, run, "Delete workflow execution", null, "history-service");
        }

        Remove(step, run.Key);
    }

    /// <summary>Removes closed runs.</summary>
    /// <param name="step">The step.</param>
    /// <param name="runKeys">The runs; those that are not there any more do not matter.</param>
    public void Remove(Transition step, params IEnumerable<long> runKeys)
    {
        foreach (var key in runKeys)
        {
            Runs.BeginRemoval(key);
            step.Writes.Others.Add(connection => DeleteRows(connection, key));
            step.AfterCommit(() => Runs.EndRemoval(key));
        }
    }

    private void DeleteRows(SqliteConnection connection, long runKey)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            DELETE FROM history WHERE id BETWEEN $low AND $high;
            DELETE FROM current WHERE (namespace, workflow_id) = (SELECT namespace, workflow_id FROM runs WHERE key = $key) AND run_key = $key;
            DELETE FROM runs WHERE key = $key;
            """;
        var (low, high) = HistoryKey.Range(runKey);
        command.Parameters.AddWithValue("$low", low);
        command.Parameters.AddWithValue("$high", high);
        command.Parameters.AddWithValue("$key", runKey);
        command.ExecuteNonQuery();
        visibility.Delete(connection, runKey);
    }
}
