using ImageLibrary.Tests.MongoServers;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

public sealed class AloneDriverTests(MongoServer server) : DriverTests(server, ServerKind.Alone);

public sealed class AloneOperationTests(MongoServer server) : OperationTests(server, ServerKind.Alone);

public sealed class AloneWriteTests(MongoServer server) : WriteTests(server, ServerKind.Alone);

public sealed class AloneCursorAndIndexTests(MongoServer server) : CursorAndIndexTests(server, ServerKind.Alone);

public sealed class AloneAggregationTests(MongoServer server) : AggregationTests(server, ServerKind.Alone);

public sealed class AloneLinqTests(MongoServer server) : LinqTests(server, ServerKind.Alone);

public sealed class ReplicatedDriverTests(MongoServer server) : DriverTests(server, ServerKind.ReplicaSet);

public sealed class ReplicatedOperationTests(MongoServer server) : OperationTests(server, ServerKind.ReplicaSet);

public sealed class ReplicatedWriteTests(MongoServer server) : WriteTests(server, ServerKind.ReplicaSet);

public sealed class ReplicatedCursorAndIndexTests(MongoServer server) : CursorAndIndexTests(server, ServerKind.ReplicaSet);

public sealed class ReplicatedAggregationTests(MongoServer server) : AggregationTests(server, ServerKind.ReplicaSet);

public sealed class ReplicatedLinqTests(MongoServer server) : LinqTests(server, ServerKind.ReplicaSet);
