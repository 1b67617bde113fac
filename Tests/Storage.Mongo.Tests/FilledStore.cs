using System.Collections.Concurrent;
using ImageLibrary.Core;
using ImageLibrary.Storage.Mongo;
using ImageLibrary.Tests.MongoServers;
using ImageLibrary.Tests.Storage.Conformance;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver.Core.Events;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo;

/// <summary>A store with so much in it that reading everything is told from reading what is wanted, and the plans of its operations.</summary>
public sealed class FilledStore(MongoFixture servers) : IAsyncLifetime
{
    public const string JobId = "job-7";
    public const int Jobs = 40;
    private const int Collections = 300;

    private readonly MongoHarness _harness = new(servers, ServerKind.Alone, isNew: true);
    private MongoLibraryStore? _store;

    /// <summary>Id of a collection of two segments.</summary>
    public string Collection { get; private set; } = "";

    /// <summary>Its images, in order.</summary>
    public IReadOnlyList<ImageRecord> Images { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (MongodProgram.Path is null)
        {
            return;
        }
        _store = _harness.Create();
        await _store.InitializeAsync();
        await _store.AddLibraryAsync(Samples.Library());
        await _store.AddLibraryAsync(Samples.Library("other", "/other"));
        for (var number = 0; number < Jobs; number++)
        {
            await _store.AddJobAsync(Samples.Job($"job-{number}", startedAt: Samples.Moment.AddMinutes(number)));
            if (number != 7)
            {
                await _store.UpdateJobAsync($"job-{number}", new JobChange { State = JobState.Completed });
            }
        }
        var found = await _store.UpsertDiscoveredAsync(Samples.LibraryId, JobId, [.. Enumerable.Range(0, Collections).Select(number => Samples.Found($"c{number:000}"))]);
        foreach (var collection in found.Take(60))
        {
            await PlanAsync(_store, collection.Id, 1, [Samples.Ready(collection.Id, "only.jpg", hash: $"hash of {collection.Path}")]);
        }
        Collection = found[100].Id;
        Images = [.. Enumerable.Range(0, 900).Select(number => Samples.Pending(Collection, $"{number}.jpg", JobId))];
        await PlanAsync(_store, Collection, 1, Images);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
            await _harness.DisposeAsync();
        }
    }

    /// <summary>Asserts which index each statement of an operation walks and how many documents it reads; some of them run at once.</summary>
    public async Task AssertPlansAsync(string[] expected, Func<MongoLibraryStore, Task> operation) => Assert.Equal(
        expected.Order(StringComparer.Ordinal), (await PlansAsync(operation)).Select(plan => $"{plan.Indexes} {plan.Documents}").Order(StringComparer.Ordinal));

    /// <summary>Asserts which index each statement of an operation walks, in their order.</summary>
    public async Task AssertIndexesAsync(string expected, Func<MongoLibraryStore, Task> operation) =>
        Assert.Equal(expected, string.Join(", ", (await PlansAsync(operation)).Select(plan => plan.Indexes)));

    public static Task<bool> PlanAsync(MongoLibraryStore store, string collection, long page, IReadOnlyList<ImageRecord> images) => store.RecordPlanAsync(new PlanRecord
    {
        JobId = JobId,
        CollectionId = collection,
        Page = page,
        Counts = new ScanCounts { Total = images.Count },
        Images = images,
    });

    /// <summary>Runs an operation of a new store, and explains each statement that it sent about records.</summary>
    private async Task<List<QueryPlan>> PlansAsync(Func<MongoLibraryStore, Task> operation)
    {
        MongodProgram.PathOrSkip();
        var sent = new ConcurrentQueue<BsonDocument>();
        await using (var store = _harness.Create(configure: cluster => cluster.Subscribe<CommandStartedEvent>(
            // The driver's own copy ends with the command.
            started => sent.Enqueue(BsonSerializer.Deserialize<BsonDocument>(started.Command.ToBson())))))
        {
            await operation(store);
        }
        var plans = new List<QueryPlan>();
        foreach (var command in sent.Where(command => command.GetElement(0).Value == "records"))
        {
            foreach (var statement in QueryPlan.Statements(command))
            {
                plans.Add(await QueryPlan.ExplainAsync(_harness.Database, statement));
            }
        }
        return plans;
    }
}
