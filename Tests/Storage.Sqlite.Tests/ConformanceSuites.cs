using ImageLibrary.Tests.Storage.Conformance;

namespace ImageLibrary.Tests.Storage.Sqlite;

public sealed class SqliteLibraryTests() : LibraryConformance(new SqliteHarness());

public sealed class SqliteCollectionTests() : CollectionConformance(new SqliteHarness());

public sealed class SqliteImageTests() : ImageConformance(new SqliteHarness());

public sealed class SqliteRemovalTests() : RemovalConformance(new SqliteHarness());

public sealed class SqliteJobTests() : JobConformance(new SqliteHarness());

public sealed class SqliteConcurrencyTests() : ConcurrencyConformance(new SqliteHarness());

public sealed class SqliteModelTests() : ModelConformance(new SqliteHarness());

public sealed class SqliteCopyTests() : CopyConformance(new SqliteHarness(), new SqliteHarness());
