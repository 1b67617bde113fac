using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Wire;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Namespace.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server;

/// <summary>The namespaces, kept in the database; <c>default</c> always exists. Safe for any thread.</summary>
internal sealed class NamespaceRegistry(SqliteStore store, CommitQueue commits)
{
    public const string Default = "default";

    private readonly ConcurrentDictionary<string, DescribeNamespaceResponse> known = new();

    public IReadOnlyList<DescribeNamespaceResponse> All => [.. known.Values.OrderBy(entry => entry.NamespaceInfo.Name, StringComparer.Ordinal)];

    public void Load() => store.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM namespaces";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var entry = DescribeNamespaceResponse.Parser.ParseFrom((byte[])reader[0]);
            known[entry.NamespaceInfo.Name] = entry;
        }

        return true;
    });

    /// <summary>Finds a namespace.</summary>
    /// <exception cref="RpcException">There is none (NOT_FOUND), or no name was given (INVALID_ARGUMENT).</exception>
    public DescribeNamespaceResponse Require(string name)
    {
        if (name.Length == 0)
        {
            throw RpcException.InvalidArgument("Namespace not set on request.");
        }

        return known.TryGetValue(name, out var entry) ? entry : throw RpcException.NamespaceNotFound(name);
    }

    public DescribeNamespaceResponse? Find(string name, string id) =>
        name.Length > 0 ? known.GetValueOrDefault(name) : known.Values.FirstOrDefault(entry => entry.NamespaceInfo.Id == id);

    public bool Contains(string name) => known.ContainsKey(name);

    /// <summary>Registers a namespace.</summary>
    /// <exception cref="RpcException">It exists (ALREADY_EXISTS).</exception>
    public Task AddAsync(NamespaceInfo info, TimeSpan retention)
    {
        info.Id = Guid.NewGuid().ToString();
        info.State = NamespaceState.Registered;
        var entry = new DescribeNamespaceResponse
        {
            NamespaceInfo = info,
            Config = new NamespaceConfig
            {
                WorkflowExecutionRetentionTtl = Duration.FromTimeSpan(retention),
                HistoryArchivalState = ArchivalState.Disabled,
                VisibilityArchivalState = ArchivalState.Disabled,
            },
            ReplicationConfig = new() { ActiveClusterName = "active", Clusters = { new Temporalio.Api.Replication.V1.ClusterReplicationConfig { ClusterName = "active" } } },
        };
        return known.TryAdd(info.Name, entry)
            ? commits.WriteAsync(connection => Write(connection, entry))
            : throw new RpcException(StatusCode.AlreadyExists, "Namespace already exists.", new NamespaceAlreadyExistsFailure());
    }

    /// <summary>Replaces a namespace by a changed copy.</summary>
    public Task UpdateAsync(DescribeNamespaceResponse entry)
    {
        known[entry.NamespaceInfo.Name] = entry;
        return commits.WriteAsync(connection => Write(connection, entry));
    }

    private static void Write(SqliteConnection connection, DescribeNamespaceResponse entry)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT OR REPLACE INTO namespaces(name, value) VALUES ($name, $value)";
        command.Parameters.AddWithValue("$name", entry.NamespaceInfo.Name);
        command.Parameters.AddWithValue("$value", entry.ToByteArray());
        command.ExecuteNonQuery();
    }
}
