using ImageLibrary.Core;
using MongoDB.Bson;
using static ImageLibrary.Storage.Mongo.Expressions;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// What makes a command safe to repeat: its first statement refuses it when the lane has newer work, its last one notes that all
/// before it is done. A command that was applied in part is simply sent again.
/// </summary>
internal static class LaneStages
{
    // The lanes of the newest jobs: no older one can still have an activity at work on this collection.
    private const int MostLanes = 48;

    /// <summary>Refuses the command when the collection is gone.</summary>
    public static BsonDocument RefuseGone { get; } =
        Set(new BsonDocument("path", If(Missing("$path"), Refuse(Refusal.Gone.Word()), "$path")));

    /// <summary>Refuses the command when the lane's number is greater than one.</summary>
    public static BsonDocument RefuseOlder(LaneKey lane, long greatest)
    {
        var number = new BsonDocument("$max", Map(Filter(OrEmpty("$lanes"), IsOwn(lane)), "$$this.number"));
        return Set(new BsonDocument("lanes", If(Call("$gt", number, greatest), Refuse(Refusal.Older.Word()), "$lanes")));
    }

    /// <summary>Notes the lane's number with the collection, where it stays when the job's counts are folded.</summary>
    public static BsonDocument Mark(LaneKey lane, long number)
    {
        var entry = new BsonDocument { { "job", Literal(lane.JobId) }, { "lane", lane.Lane }, { "number", number } };
        var others = Filter(OrEmpty("$lanes"), Not(IsOwn(lane)));
        return Set(new BsonDocument("lanes", Call("$slice", Call("$concatArrays", others, new BsonArray { entry }), -MostLanes)));
    }

    /// <summary>Sets the lane's counts in the job, unless a newer batch has.</summary>
    public static BsonDocument Count(LaneKey lane, long number, ScanCounts counts)
    {
        var entry = Literal(new BsonDocument
        {
            { "collection", lane.CollectionId }, { "lane", lane.Lane }, { "number", number }, { "counts", StoreJson.ToBson(counts) },
        });
        var isOwn = Call("$and", Call("$eq", "$$this.collection", Literal(lane.CollectionId)), Call("$eq", "$$this.lane", lane.Lane));
        var newer = Call("$gt", new BsonDocument("$max", Map(Filter("$lanes", isOwn), "$$this.number")), number);
        var next = Call("$concatArrays", Filter("$lanes", Not(isOwn)), new BsonArray { entry });
        return Set(new BsonDocument("lanes", If(newer, "$lanes", next)));
    }

    private static BsonDocument IsOwn(LaneKey lane) =>
        Call("$and", Call("$eq", "$$this.job", Literal(lane.JobId)), Call("$eq", "$$this.lane", lane.Lane));
}

/// <summary>A lane of a job in a collection: 0 for planning, 1 and 2 for rendering.</summary>
internal sealed record LaneKey(string JobId, string CollectionId, int Lane);
