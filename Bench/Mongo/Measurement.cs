using System.Diagnostics;
using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Bench.Mongo;

/// <summary>What one process measured with its driver, after a warm-up of each operation.</summary>
/// <param name="InsertSeconds">Bulk insert of all documents.</param>
/// <param name="FindSeconds">Find of all documents into records.</param>
/// <param name="ReadsPerSecond">Point reads by id, 32 in flight.</param>
internal sealed record Measurement(double InsertSeconds, double FindSeconds, double ReadsPerSecond)
{
    public const int Documents = 100_000;
    private const int Reads = 30_000;
    private const int InFlight = 32;

    public static async Task<Measurement> TakeAsync(int port)
    {
        using var client = new MongoClient(new MongoClientSettings { Server = new MongoServerAddress("127.0.0.1", port), DirectConnection = true });
        var database = client.GetDatabase("bench");
        var pictures = Enumerable.Range(0, Documents).Select(Picture.Numbered).ToList();
        await RoundAsync(database, "warm-up", pictures);
        return await RoundAsync(database, "measured", pictures);
    }

    private static async Task<Measurement> RoundAsync(IMongoDatabase database, string name, List<Picture> pictures)
    {
        await database.DropCollectionAsync(name);
        await database.CreateCollectionAsync(name);
        var collection = database.GetCollection<Picture>(name);
        var start = Stopwatch.GetTimestamp();
        await collection.InsertManyAsync(pictures);
        var insert = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();
        var found = await collection.Find(FilterDefinition<Picture>.Empty).ToListAsync();
        var find = Stopwatch.GetElapsedTime(start);
        if (found.Count != Documents || found[^1] != pictures[^1])
        {
            throw new InvalidOperationException("The documents did not come back.");
        }

        start = Stopwatch.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            for (var number = Interlocked.Increment(ref next); number < Reads; number = Interlocked.Increment(ref next))
            {
                var id = (int)((long)number * 7919 % Documents);
                var picture = await collection.Find(new BsonDocument("_id", id)).SingleAsync();
                if (picture.Id != id)
                {
                    throw new InvalidOperationException("Another document came back.");
                }
            }
        }));
        return new Measurement(insert.TotalSeconds, find.TotalSeconds, Reads / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
