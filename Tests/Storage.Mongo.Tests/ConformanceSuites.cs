using ImageLibrary.Tests.MongoServers;
using ImageLibrary.Tests.Storage.Conformance;
using ImageLibrary.Tests.Storage.Sqlite;

namespace ImageLibrary.Tests.Storage.Mongo;

public sealed class AloneLibraryTests(MongoFixture servers) : LibraryConformance(new MongoHarness(servers, ServerKind.Alone));

public sealed class AloneCollectionTests(MongoFixture servers) : CollectionConformance(new MongoHarness(servers, ServerKind.Alone));

public sealed class AloneImageTests(MongoFixture servers) : ImageConformance(new MongoHarness(servers, ServerKind.Alone));

public sealed class AloneRemovalTests(MongoFixture servers) : RemovalConformance(new MongoHarness(servers, ServerKind.Alone));

public sealed class AloneJobTests(MongoFixture servers) : JobConformance(new MongoHarness(servers, ServerKind.Alone));

public sealed class AloneConcurrencyTests(MongoFixture servers) : ConcurrencyConformance(new MongoHarness(servers, ServerKind.Alone));

public sealed class AloneModelTests(MongoFixture servers) : ModelConformance(new MongoHarness(servers, ServerKind.Alone));

public sealed class ReplicatedLibraryTests(MongoFixture servers) : LibraryConformance(new MongoHarness(servers, ServerKind.ReplicaSet));

public sealed class ReplicatedCollectionTests(MongoFixture servers) : CollectionConformance(new MongoHarness(servers, ServerKind.ReplicaSet));

public sealed class ReplicatedImageTests(MongoFixture servers) : ImageConformance(new MongoHarness(servers, ServerKind.ReplicaSet));

public sealed class ReplicatedRemovalTests(MongoFixture servers) : RemovalConformance(new MongoHarness(servers, ServerKind.ReplicaSet));

public sealed class ReplicatedJobTests(MongoFixture servers) : JobConformance(new MongoHarness(servers, ServerKind.ReplicaSet));

public sealed class ReplicatedConcurrencyTests(MongoFixture servers) : ConcurrencyConformance(new MongoHarness(servers, ServerKind.ReplicaSet));

public sealed class ReplicatedModelTests(MongoFixture servers) : ModelConformance(new MongoHarness(servers, ServerKind.ReplicaSet));

public sealed class AloneCopyTests(MongoFixture servers)
    : CopyConformance(new MongoHarness(servers, ServerKind.Alone), new MongoHarness(servers, ServerKind.ReplicaSet));

public sealed class CopyToSqliteTests(MongoFixture servers) : CopyConformance(new MongoHarness(servers, ServerKind.ReplicaSet), new SqliteHarness());

public sealed class CopyFromSqliteTests(MongoFixture servers) : CopyConformance(new SqliteHarness(), new MongoHarness(servers, ServerKind.ReplicaSet));
