using System.Text.Json;
using Google.Protobuf;
using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Visibility.Attributes;
using ImageLibrary.Temporal.Server.Visibility.Store;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace ImageLibrary.Tests.Temporal.Server.Visibility;

/// <summary>The tables in a database of their own, with one attribute of each type.</summary>
internal sealed class VisibilityTable : IDisposable
{
    public const string Namespace = "default";

    public static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly SearchAttributeDefinitions Definitions = SearchAttributeDefinitions.None
        .With("MyKeyword", IndexedValueType.Keyword)
        .With("MyList", IndexedValueType.KeywordList)
        .With("MyText", IndexedValueType.Text)
        .With("MyInt", IndexedValueType.Int)
        .With("MyDouble", IndexedValueType.Double)
        .With("MyBool", IndexedValueType.Bool)
        .With("MyTime", IndexedValueType.Datetime);

    private readonly VisibilityWriter writer;

    public VisibilityTable()
    {
        Connection = new SqliteConnection("Data Source=:memory:");
        Connection.Open();
        using var create = Connection.CreateCommand();
        create.CommandText = VisibilitySchema.Create;
        create.ExecuteNonQuery();
        writer = new VisibilityWriter(Connection);
    }

    public SqliteConnection Connection { get; }

    public static VisibilityRecord Record(long key, params (string Name, object? Value)[] attributes) => new()
    {
        RunKey = key,
        Namespace = Namespace,
        WorkflowId = $"w{key}",
        RunId = $"r{key}",
        WorkflowType = "Type",
        TaskQueue = "queue",
        Status = WorkflowExecutionStatus.Running,
        StartTime = Epoch.AddSeconds(key),
        ExecutionTime = Epoch.AddSeconds(key),
        SearchAttributes = Attributes(attributes),
    };

    public static SearchAttributes Attributes(params (string Name, object? Value)[] attributes)
    {
        var message = new SearchAttributes();
        foreach (var (name, value) in attributes)
        {
            message.IndexedFields[name] = Json(value);
        }

        return message;
    }

    public static Payload Json(object? value) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
        Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(value)),
    };

    public void Write(params VisibilityRecord[] records)
    {
        foreach (var record in records)
        {
            writer.Upsert(record, Definitions);
        }
    }

    public void Delete(long runKey) => writer.Delete(runKey);

    public List<string> Ids(string query) =>
        [.. VisibilityReader.List(Connection, Namespace, Definitions, query, 10_000, []).Rows.Select(row => row.WorkflowId)];

    public VisibilityPage Page(string query, int size, byte[]? token = null) =>
        VisibilityReader.List(Connection, Namespace, Definitions, query, size, token);

    public IReadOnlyList<VisibilityGroup> Count(string query) =>
        VisibilityReader.Count(Connection, Namespace, Definitions, query);

    public void Dispose()
    {
        writer.Dispose();
        Connection.Dispose();
    }
}
