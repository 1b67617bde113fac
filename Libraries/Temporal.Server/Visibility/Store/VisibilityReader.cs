using System.Globalization;
using Google.Protobuf;
using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Visibility.Attributes;
using ImageLibrary.Temporal.Server.Visibility.Query;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Temporal.Server.Visibility.Store;

/// <summary>Answers lists and counts from the tables of <see cref="VisibilitySchema"/>.</summary>
internal static class VisibilityReader
{
    /// <summary>Most groups that a count may have.</summary>
    public const int MaxGroups = 1_000;

    /// <summary>Reads one page of the runs that a query admits.</summary>
    /// <exception cref="VisibilityQueryException">The query is wrong.</exception>
    /// <exception cref="PageTokenException">The token is of another query or damaged.</exception>
    public static VisibilityPage List(
        SqliteConnection connection, string namespaceName, SearchAttributeDefinitions definitions,
        string query, int pageSize, ReadOnlySpan<byte> pageToken)
    {
        var parsed = QueryParser.Parse(query);
        if (parsed.GroupBy.Count > 0)
        {
            throw new VisibilityQueryException("GROUP BY is for counts only", parsed.GroupBy[0].Position);
        }
        var parameters = new SqlParameters();
        var translator = new SqlTranslator(parameters);
        var where = Where(parsed, namespaceName, definitions, parameters, translator);
        var sort = new SortKey(parsed.OrderBy.Select(term => new SortTerm(
            translator.ValueOf(SingleValued(VisibilityField.Resolve(term.Field, definitions), term.Field, "ORDER BY")), term.Descending)));
        if (!pageToken.IsEmpty)
        {
            where += " AND " + sort.After(PageToken.Read(pageToken, sort.Length) ?? throw new PageTokenException(), parameters);
        }
        var limit = string.Create(CultureInfo.InvariantCulture, $"{pageSize + 1}");
        using var command = Command(connection, parameters,
            $"SELECT {sort.Columns}, {RowColumns} FROM visibility v WHERE {where} ORDER BY {sort.OrderBy} LIMIT {limit}");
        using var reader = command.ExecuteReader();
        var rows = new List<VisibilityRecord>();
        object?[] lastKey = [];
        while (reader.Read())
        {
            if (rows.Count == pageSize)
            {
                return new VisibilityPage(rows, PageToken.Write(lastKey));
            }
            lastKey = [.. Enumerable.Range(0, sort.Length).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))];
            rows.Add(ReadRow(reader, sort.Length, namespaceName));
        }
        return new VisibilityPage(rows, null);
    }

    /// <summary>The keys of the runs that closed before a time (in nanoseconds), the oldest first, until one limit is reached.</summary>
    public static IReadOnlyList<long> ClosedBefore(SqliteConnection connection, string namespaceName, long time, int maximumRuns, long maximumEvents)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT id, history_length FROM visibility WHERE namespace = @namespace AND sort_time < @time ORDER BY sort_time LIMIT @limit";
        command.Parameters.AddWithValue("@namespace", namespaceName);
        command.Parameters.AddWithValue("@time", time);
        command.Parameters.AddWithValue("@limit", maximumRuns);
        using var reader = command.ExecuteReader();
        var keys = new List<long>();
        for (long events = 0; events < maximumEvents && reader.Read(); events += reader.GetInt64(1))
        {
            keys.Add(reader.GetInt64(0));
        }
        return keys;
    }

    /// <summary>Counts the runs that a query admits, by group if it says GROUP BY.</summary>
    /// <exception cref="VisibilityQueryException">The query is wrong.</exception>
    public static IReadOnlyList<VisibilityGroup> Count(
        SqliteConnection connection, string namespaceName, SearchAttributeDefinitions definitions, string query)
    {
        var parsed = QueryParser.Parse(query);
        if (parsed.OrderBy.Count > 0)
        {
            throw new VisibilityQueryException("ORDER BY is for lists only", parsed.OrderBy[0].Field.Position);
        }
        var parameters = new SqlParameters();
        var translator = new SqlTranslator(parameters);
        var where = Where(parsed, namespaceName, definitions, parameters, translator);
        var groupBy = GroupFields(parsed, definitions).Select(translator.ValueOf).ToList();
        var columns = string.Concat(groupBy.Select(value => value + ", "));
        var numbers = string.Join(", ", Enumerable.Range(1, groupBy.Count));
        var grouping = groupBy.Count == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $" GROUP BY {numbers} ORDER BY {numbers} LIMIT {MaxGroups}");
        using var command = Command(connection, parameters, $"SELECT {columns}count(*) FROM visibility v WHERE {where}{grouping}");
        using var reader = command.ExecuteReader();
        var groups = new List<VisibilityGroup>();
        while (reader.Read())
        {
            var values = Enumerable.Range(0, groupBy.Count).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i));
            groups.Add(new VisibilityGroup([.. values], reader.GetInt64(groupBy.Count)));
        }
        return groups;
    }

    /// <summary>The fields that a count is grouped by, in order.</summary>
    /// <exception cref="VisibilityQueryException">The query is wrong, or a field has too many values to group by.</exception>
    public static IReadOnlyList<VisibilityField> GroupFields(VisibilityQuery query, SearchAttributeDefinitions definitions) =>
        [.. query.GroupBy.Select(name => Groupable(VisibilityField.Resolve(name, definitions), name))];

    private static VisibilityField Groupable(VisibilityField field, QueryName name)
    {
        var isOfFewValues = field.Type is IndexedValueType.Keyword or IndexedValueType.Bool
            && field.Name is not ("WorkflowId" or "RunId" or "ParentWorkflowId" or "ParentRunId" or "RootWorkflowId" or "RootRunId");
        return isOfFewValues ? field
            : throw new VisibilityQueryException($"GROUP BY is not supported for search attribute '{field.Name}'", name.Position);
    }

    private static VisibilityField SingleValued(VisibilityField field, QueryName name, string what) => field.HasManyValues
        ? throw new VisibilityQueryException(
            $"{what} is not supported for {SearchAttributeCodec.TypeName(field.Type)} type search attribute '{field.Name}'", name.Position)
        : field;

    private static string Where(
        VisibilityQuery query, string namespaceName, SearchAttributeDefinitions definitions,
        SqlParameters parameters, SqlTranslator translator)
    {
        var where = $"v.namespace = {parameters.Add(namespaceName)}";
        var binder = new ConditionBinder(name => VisibilityField.Resolve(name, definitions));
        if (query.Filter is { } filter)
        {
            where += " AND " + translator.Translate(binder.Bind(filter));
        }
        if (!binder.Fields.Contains(SystemSearchAttributes.NamespaceDivision))
        {
            var hidden = new VisibilityField(SystemSearchAttributes.NamespaceDivision, IndexedValueType.Keyword, Column: null);
            where += " AND " + translator.Translate(new Missing(hidden, Negated: false));
        }
        return where;
    }

    private const string RowColumns = """
        v.id, v.workflow_id, v.run_id, v.workflow_type, v.task_queue, v.status, v.start_time, v.execution_time, v.close_time,
        v.history_length, v.history_size, v.state_transitions, v.parent_workflow_id, v.parent_run_id, v.root_workflow_id,
        v.root_run_id, v.first_run_id, v.memo, v.search_attributes
        """;

    private static VisibilityRecord ReadRow(SqliteDataReader reader, int first, string namespaceName) => new()
    {
        Namespace = namespaceName,
        RunKey = reader.GetInt64(first),
        WorkflowId = reader.GetString(first + 1),
        RunId = reader.GetString(first + 2),
        WorkflowType = reader.GetString(first + 3),
        TaskQueue = reader.GetString(first + 4),
        Status = (WorkflowExecutionStatus)reader.GetInt32(first + 5),
        StartTime = Timestamps.FromNanoseconds(reader.GetInt64(first + 6)),
        ExecutionTime = Timestamps.FromNanoseconds(reader.GetInt64(first + 7)),
        CloseTime = reader.IsDBNull(first + 8) ? null : Timestamps.FromNanoseconds(reader.GetInt64(first + 8)),
        HistoryLength = Number(reader, first + 9),
        HistorySizeBytes = Number(reader, first + 10),
        StateTransitionCount = Number(reader, first + 11),
        ParentWorkflowId = Text(reader, first + 12),
        ParentRunId = Text(reader, first + 13),
        RootWorkflowId = Text(reader, first + 14),
        RootRunId = Text(reader, first + 15),
        FirstRunId = Text(reader, first + 16),
        Memo = Message(reader, first + 17, Memo.Parser),
        SearchAttributes = Message(reader, first + 18, SearchAttributes.Parser),
    };

    private static long Number(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? 0 : reader.GetInt64(column);

    private static string Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? "" : reader.GetString(column);

    private static T? Message<T>(SqliteDataReader reader, int column, MessageParser<T> parser)
        where T : class, IMessage<T> =>
        reader.IsDBNull(column) ? null : parser.ParseFrom(reader.GetFieldValue<byte[]>(column));

    private static SqliteCommand Command(SqliteConnection connection, SqlParameters parameters, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        parameters.BindTo(command);
        return command;
    }
}
