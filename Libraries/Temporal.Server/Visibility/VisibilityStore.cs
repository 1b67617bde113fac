using System.Collections.Concurrent;
using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Visibility.Attributes;
using ImageLibrary.Temporal.Server.Visibility.Query;
using ImageLibrary.Temporal.Server.Visibility.Store;
using ImageLibrary.Temporal.Server.Wire;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Temporal.Server.Visibility;

/// <summary>The tables that lists and counts read, and the registry of search attributes. Safe for any thread but where stated.</summary>
internal sealed class VisibilityStore(SqliteStore store) : IDisposable
{
    private readonly ConcurrentDictionary<string, SearchAttributeDefinitions> definitions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim changing = new(1);
    private VisibilityWriter? writer;

    /// <summary>Creates the tables. Called once, before anything else, on the writer's connection.</summary>
    public void CreateSchema(SqliteConnection connection)
    {
        using (var create = connection.CreateCommand())
        {
            create.CommandText = VisibilitySchema.Create;
            create.ExecuteNonQuery();
        }

        using var read = connection.CreateCommand();
        read.CommandText = "SELECT namespace, name, type FROM search_attr_definition";
        using var reader = read.ExecuteReader();
        while (reader.Read())
        {
            var name = reader.GetString(0);
            definitions[name] = Definitions(name).With(reader.GetString(1), (IndexedValueType)reader.GetInt32(2));
        }
    }

    /// <summary>Writes a run's row; called on the commit thread inside its transaction.</summary>
    public void Write(SqliteConnection connection, VisibilityRecord record) =>
        (writer ??= new VisibilityWriter(connection)).Upsert(record, Definitions(record.Namespace));

    /// <summary>Removes a run's row; called on the commit thread inside its transaction.</summary>
    public void Delete(SqliteConnection connection, long runKey) => (writer ??= new VisibilityWriter(connection)).Delete(runKey);

    /// <summary>Refuses unknown names, wrong types and too many bytes with INVALID_ARGUMENT.</summary>
    /// <exception cref="RpcException">A search attribute is not acceptable.</exception>
    public void Validate(string namespaceName, SearchAttributes? attributes)
    {
        if (attributes is { IndexedFields.Count: > 0 })
        {
            Refusing(() =>
            {
                Definitions(namespaceName).Validate(namespaceName, attributes);
                return true;
            });
        }
    }

    /// <summary>The attributes of a namespace.</summary>
    public SearchAttributeDefinitions Definitions(string namespaceName) =>
        definitions.GetValueOrDefault(namespaceName, SearchAttributeDefinitions.None);

    /// <summary>Adds attributes to a namespace, all or none; they can be used once the task has ended.</summary>
    /// <exception cref="RpcException">A name or type is not acceptable (INVALID_ARGUMENT).</exception>
    public async Task AddAsync(CommitQueue commits, string namespaceName, IReadOnlyDictionary<string, IndexedValueType> attributes)
    {
        await changing.WaitAsync().ConfigureAwait(false);
        try
        {
            var changed = Refusing(() => attributes.Aggregate(
                Definitions(namespaceName), (current, attribute) => current.With(attribute.Key, attribute.Value)));
            await commits.WriteAsync(connection => WriteDefinitions(connection, namespaceName, attributes)).ConfigureAwait(false);
            definitions[namespaceName] = changed;
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Removes attributes from a namespace; runs keep their values, but can no longer be found by them.</summary>
    /// <exception cref="RpcException">An attribute does not exist (NOT_FOUND) or is the system's (INVALID_ARGUMENT).</exception>
    public async Task RemoveAsync(CommitQueue commits, string namespaceName, IReadOnlyCollection<string> names)
    {
        await changing.WaitAsync().ConfigureAwait(false);
        try
        {
            var current = Definitions(namespaceName);
            foreach (var name in names)
            {
                if (SystemSearchAttributes.TryGetType(name, out _))
                {
                    throw RpcException.InvalidArgument($"Unable to remove non-custom search attributes: {name}.");
                }

                if (!current.Custom.ContainsKey(name))
                {
                    throw RpcException.NotFound($"Search attribute {name} doesn't exist.");
                }

                current = current.Without(name);
            }

            definitions[namespaceName] = current;
            await commits.WriteAsync(connection => RemoveDefinitions(connection, namespaceName, names)).ConfigureAwait(false);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>One page of the runs that a query admits.</summary>
    /// <exception cref="RpcException">The query or the page token is wrong (INVALID_ARGUMENT).</exception>
    public VisibilityPage List(string namespaceName, string query, int pageSize, ReadOnlyMemory<byte> pageToken) => Refusing(() =>
        store.Read(connection => VisibilityReader.List(
            connection, namespaceName, Definitions(namespaceName), query, pageSize, pageToken.Span)));

    /// <summary>The number of runs that a query admits, by group if it says so.</summary>
    /// <exception cref="RpcException">The query is wrong (INVALID_ARGUMENT).</exception>
    public VisibilityCount Count(string namespaceName, string query) => Refusing(() =>
    {
        var known = Definitions(namespaceName);
        var fields = VisibilityReader.GroupFields(QueryParser.Parse(query), known);
        return new VisibilityCount(fields, store.Read(connection => VisibilityReader.Count(connection, namespaceName, known, query)));
    });

    /// <summary>The keys of the runs that closed before a time, the oldest first.</summary>
    /// <param name="namespaceName">The namespace.</param>
    /// <param name="time">The time.</param>
    /// <param name="maximumRuns">Answers with so many at most,</param>
    /// <param name="maximumEvents">and with no more than bring their histories to so many events together.</param>
    public IReadOnlyList<long> ClosedBefore(string namespaceName, DateTimeOffset time, int maximumRuns, long maximumEvents) =>
        store.Read(connection => VisibilityReader.ClosedBefore(connection, namespaceName, Timestamps.ToNanoseconds(time), maximumRuns, maximumEvents));

    /// <inheritdoc/>
    public void Dispose()
    {
        writer?.Dispose();
        changing.Dispose();
    }

    private static T Refusing<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception failure) when (failure is VisibilityQueryException or PageTokenException or SearchAttributeException)
        {
            throw RpcException.InvalidArgument(failure.Message);
        }
    }

    private static void WriteDefinitions(
        SqliteConnection connection, string namespaceName, IReadOnlyDictionary<string, IndexedValueType> attributes)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT OR IGNORE INTO search_attr_definition (namespace, name, type) VALUES (@namespace, @name, @type)";
        foreach (var (name, type) in attributes)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("@namespace", namespaceName);
            command.Parameters.AddWithValue("@name", name);
            command.Parameters.AddWithValue("@type", (int)type);
            command.ExecuteNonQuery();
        }
    }

    private static void RemoveDefinitions(SqliteConnection connection, string namespaceName, IReadOnlyCollection<string> names)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            DELETE FROM search_attr_definition WHERE namespace = @namespace AND name = @name;
            DELETE FROM search_attr WHERE name = @name AND row IN (SELECT id FROM visibility WHERE namespace = @namespace);
            """;
        foreach (var name in names)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("@namespace", namespaceName);
            command.Parameters.AddWithValue("@name", name);
            command.ExecuteNonQuery();
        }
    }
}
