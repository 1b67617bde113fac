using ImageLibrary.Tests.MongoServers;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>Writes beyond the size of a message and of a document. They take seconds, and the kind of server makes no difference.</summary>
public sealed class LargeWriteTests(MongoServer server) : CollectionTests(server, ServerKind.ReplicaSet)
{
    [Fact]
    public async Task InsertMany_OfMoreThanOneMessage_InsertsAll()
    {
        var orders = Collection<Order>();
        await orders.InsertManyAsync(Enumerable.Range(0, 50).Select(number => new Order { Buyer = new string('x', 1 << 20), Total = number }), cancellationToken: Cancelled);
        Assert.Equal(50, await orders.CountDocumentsAsync(FilterDefinition<Order>.Empty, cancellationToken: Cancelled));
        await Assert.ThrowsAnyAsync<Exception>(() => orders.InsertOneAsync(new Order { Buyer = new string('x', 17 << 20) }, cancellationToken: Cancelled));
        Assert.Equal(50, await orders.CountDocumentsAsync(FilterDefinition<Order>.Empty, cancellationToken: Cancelled));
    }
}
