using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Tests.Storage.Mongo;

/// <summary>How the server carries out a statement.</summary>
/// <param name="Indexes">The indexes that it walks, each once, in alphabetical order; "nothing" stands for a walk through all documents.</param>
/// <param name="Documents">Documents that a query reads in finding those it wants.</param>
internal sealed record QueryPlan(string Indexes, long Documents)
{
    // They belong to a connection and a session, and a statement explained has none of its own.
    private static readonly string[] NotExplained = ["lsid", "$db", "$clusterTime", "$readPreference", "txnNumber", "writeConcern", "ordered"];

    /// <summary>The statements of a command, each as a command of its own.</summary>
    public static IEnumerable<BsonDocument> Statements(BsonDocument command)
    {
        var alone = new BsonDocument(command.Where(element => !NotExplained.Contains(element.Name)));
        var list = alone.GetElement(0).Name switch { "update" => "updates", "delete" => "deletes", _ => null };
        return list is null ? [alone] : alone[list].AsBsonArray.Select(statement => new BsonDocument(alone) { [list] = new BsonArray { statement } });
    }

    public static async Task<QueryPlan> ExplainAsync(IMongoDatabase database, BsonDocument statement)
    {
        // Writes that refuse by an error cannot be tried out.
        var isRead = statement.GetElement(0).Name is "find" or "aggregate";
        var explained = await database.RunCommandAsync<BsonDocument>(new BsonDocument { { "explain", statement }, { "verbosity", isRead ? "executionStats" : "queryPlanner" } });
        var indexes = new SortedSet<string>(StringComparer.Ordinal);
        Collect(explained, indexes);
        return new QueryPlan(string.Join(' ', indexes), isRead ? Examined(explained) : 0);
    }

    // An aggregation tells of each stage, and of the query that its first ones have become.
    private static long Examined(BsonDocument explained)
    {
        var stages = explained.TryGetValue("stages", out var list) ? list.AsBsonArray.Select(stage => stage.AsBsonDocument) : [explained];
        return stages.Select(stage => stage.TryGetValue("$cursor", out var cursor) ? cursor.AsBsonDocument : stage)
            .Select(stage => stage.TryGetValue("executionStats", out var statistics) ? statistics.AsBsonDocument : stage)
            .Sum(stage => stage.GetValue("totalDocsExamined", 0).ToInt64());
    }

    private static void Collect(BsonValue value, SortedSet<string> indexes)
    {
        if (value is BsonArray array)
        {
            foreach (var item in array)
            {
                Collect(item, indexes);
            }
        }
        else if (value is BsonDocument document)
        {
            foreach (var (name, inner) in document.Select(element => (element.Name, element.Value)).Where(pair => pair.Name is not ("rejectedPlans" or "command")))
            {
                switch (name, inner)
                {
                    case ("indexName", BsonString index):
                        indexes.Add(index.Value);
                        break;
                    case ("indexesUsed", BsonArray used):
                        indexes.UnionWith(used.Select(index => index.AsString));
                        break;
                    case ("stage", BsonString { Value: "IDHACK" }):
                        indexes.Add("_id_");
                        break;
                    case ("stage", BsonString { Value: "COLLSCAN" }):
                    case ("collectionScans", { IsNumeric: true } scans) when scans.ToInt64() > 0:
                        indexes.Add("nothing");
                        break;
                    default:
                        Collect(inner, indexes);
                        break;
                }
            }
        }
    }
}
