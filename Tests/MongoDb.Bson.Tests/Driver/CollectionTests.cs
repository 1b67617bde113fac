using ImageLibrary.Tests.MongoServers;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>Collections of a test's own, filled with people and their orders.</summary>
public abstract class CollectionTests(MongoServer server, ServerKind kind)
{
    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected MongoClient Client => server.ClientOrSkip(kind);

    protected string Url => server.Url(kind);

    protected IMongoDatabase Database => Client.GetDatabase("driver");

    private protected static Person NewPerson(int number) => new(
        $"P{number % 10}", number, [new Tag($"t{number % 3}", number)], new() { ["n"] = number }, number % 2 == 0 ? Colour.Red : Colour.Green, DateTime.UnixEpoch.AddDays(number));

    private protected IMongoCollection<T> Collection<T>() => Database.GetCollection<T>($"{typeof(T).Name}-{Guid.NewGuid():n}");

    private protected async Task<(IMongoCollection<Person> People, IMongoCollection<Order> Orders)> FillAsync()
    {
        var (people, orders) = (Collection<Person>(), Collection<Order>());
        await people.InsertManyAsync(Enumerable.Range(0, 100).Select(NewPerson), cancellationToken: Cancelled);
        await orders.InsertManyAsync(Enumerable.Range(0, 20).Select(number => new Order { Buyer = $"P{number % 10}", Total = number * 1.5m }), cancellationToken: Cancelled);
        return (people, orders);
    }
}
