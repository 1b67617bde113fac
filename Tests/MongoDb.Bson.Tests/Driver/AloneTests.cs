using ImageLibrary.Tests.MongoServers;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>What a server alone does not have.</summary>
public sealed class AloneTests(MongoServer server) : CollectionTests(server, ServerKind.Alone)
{
    [Fact]
    public async Task TransactionsAndChangeStreams_OnAServerAlone_AreRefused()
    {
        var (people, _) = await FillAsync();
        using var session = await Client.StartSessionAsync(cancellationToken: Cancelled);
        Assert.Throws<NotSupportedException>(() => session.StartTransaction());
        var refused = await Assert.ThrowsAsync<MongoCommandException>(() => people.WatchAsync(cancellationToken: Cancelled));
        Assert.Contains("replica sets", refused.Message, StringComparison.Ordinal);
    }
}
