using System.Diagnostics;
using ImageLibrary.Core;
using ImageLibrary.Storage.Sqlite;
using ImageLibrary.Tests.Storage.Conformance;
using Xunit;

namespace ImageLibrary.Tests.Storage.Sqlite;

/// <summary>What only this adapter does: its file, its locks, its speed.</summary>
public sealed class SqliteStoreTests : IAsyncLifetime
{
    private readonly SqliteHarness _harness = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task Initialize_FileLockedByAnother_SaysSo()
    {
        await (await _harness.OpenAsync(TimeProvider.System)).DisposeAsync();
        await using var other = await _harness.ConnectAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE meta SET value = 1 WHERE key = 'pauseAll'";
        await command.ExecuteNonQueryAsync();
        var refused = await Assert.ThrowsAsync<StoreException>(() => _harness.OpenAsync(TimeProvider.System));
        Assert.Contains("locked by another process", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WhileAnotherWrites_FailsClearlyAndWorksLater()
    {
        await using var store = await _harness.OpenAsync(TimeProvider.System);
        await using (var other = await _harness.ConnectAsync())
        {
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync();
            var refused = await Assert.ThrowsAsync<StoreException>(() => store.SetPauseAllAsync(true));
            Assert.Contains("locked by another process", refused.Message, StringComparison.Ordinal);
            Assert.False(await store.GetPauseAllAsync());
        }
        await store.SetPauseAllAsync(true);
        Assert.True(await store.GetPauseAllAsync());
    }

    [Fact]
    public async Task Initialize_AnotherProgramsDatabase_IsRefusedAndLeftAlone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_harness.FilePath)!);
        await _harness.ExecuteAsync("CREATE TABLE theirs (x)");
        var refused = await Assert.ThrowsAsync<StoreException>(() => _harness.OpenAsync(TimeProvider.System));
        Assert.Contains("another program", refused.Message, StringComparison.Ordinal);
        await _harness.ExecuteAsync("INSERT INTO theirs VALUES (1)");
    }

    [Fact]
    public async Task Initialize_NotADatabase_IsRefused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_harness.FilePath)!);
        await File.WriteAllTextAsync(_harness.FilePath, string.Join('\n', Enumerable.Repeat("this is a text file", 500)));
        var refused = await Assert.ThrowsAsync<StoreException>(() => _harness.OpenAsync(TimeProvider.System));
        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_FileOfTheFirstVersion_KeepsItsImagesAndHoldsMoreFromThenOn()
    {
        ImageRecord image;
        await using (var store = await _harness.OpenAsync(TimeProvider.System))
        {
            await store.AddLibraryAsync(Samples.Library());
            image = Samples.Ready((await store.UpsertDiscoveredAsync(Samples.LibraryId, "job", [Samples.Found("a")]))[0].Id, "1.jpg");
            await store.RecordPlanAsync(Plan("job", image));
        }
        await _harness.ExecuteAsync("""
            ALTER TABLE images DROP COLUMN profile; ALTER TABLE images DROP COLUMN camera; ALTER TABLE images DROP COLUMN taken_at;
            ALTER TABLE libraries DROP COLUMN derivative_files; ALTER TABLE libraries DROP COLUMN derivative_bytes;
            PRAGMA user_version = 1
            """);
        await using var again = await _harness.OpenAsync(TimeProvider.System);
        Equal.Values(image with { Facts = image.Facts! with { Profile = null, Camera = null, TakenAt = null } }, await again.GetImageAsync(image.Id));
        Assert.Equal(DerivativeSum.Of(image.Derivatives), (await again.GetLibraryAsync(Samples.LibraryId))!.Derivatives);
        await again.RecordPlanAsync(Plan("another job", image));
        Equal.Values(image, await again.GetImageAsync(image.Id));

        static PlanRecord Plan(string job, ImageRecord image) => new()
        {
            JobId = job,
            CollectionId = image.CollectionId,
            Page = 1,
            Counts = new ScanCounts(),
            Images = [image],
            Failures = [],
        };
    }

    [Fact]
    public async Task Dispose_FoldsTheLogIntoTheFile()
    {
        var store = await _harness.OpenAsync(TimeProvider.System);
        await store.AddLibraryAsync(Samples.Library());
        Assert.NotNull(await store.GetLibraryAsync(Samples.LibraryId));
        await store.DisposeAsync();
        await store.DisposeAsync();
        Assert.Equal([_harness.FilePath], Directory.GetFiles(Path.GetDirectoryName(_harness.FilePath)!));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.SetPauseAllAsync(true));
    }

    [Theory]
    [InlineData("SELECT i.no FROM images i WHERE i.collection_no = 1 AND i.sort_key > x'00' AND i.state <> 'Removed' ORDER BY i.sort_key LIMIT 9", "images_order")]
    [InlineData("SELECT no FROM images WHERE id = 'x'", "images_id")]
    [InlineData("SELECT no FROM images i WHERE i.content_hash = x'00'", "images_content")]
    [InlineData("SELECT no FROM images i WHERE i.removal_candidate_job = 'x'", "images_candidates")]
    [InlineData("SELECT no FROM collections c WHERE c.library_no = 1 AND (c.path_key, c.no) > (x'00', 1) ORDER BY c.path_key, c.no LIMIT 9", "collections_library_path")]
    [InlineData("SELECT no FROM collections c WHERE c.library_no = 1 AND c.no < 9 ORDER BY c.no DESC LIMIT 9", "collections_library_added")]
    [InlineData("SELECT no FROM collections c ORDER BY c.name_key, c.no LIMIT 9", "collections_name")]
    [InlineData("SELECT counts FROM lanes INDEXED BY lanes_open WHERE job_id = 'x' AND counts IS NOT NULL", "lanes_open")]
    public async Task Queries_OfBigTables_UseTheirIndexWithoutSorting(string query, string index)
    {
        await (await _harness.OpenAsync(TimeProvider.System)).DisposeAsync();
        await using var connection = await _harness.ConnectAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries are the constants above.
        command.CommandText = "EXPLAIN QUERY PLAN " + query;
#pragma warning restore CA2100
        var plan = "";
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan += reader.GetString(3) + "\n";
        }
        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecordBatchAndRescan_AreQuick()
    {
        await using var store = await _harness.OpenAsync(TimeProvider.System);
        await store.AddLibraryAsync(Samples.Library());
        DiscoveredCollection[] found = [.. Enumerable.Range(0, 1_000).Select(number => Samples.Found($"folder {number}"))];
        var id = (await store.UpsertDiscoveredAsync(Samples.LibraryId, "job", found))[0].Id;
        var batches = new List<double>();
        for (var number = 1; number <= 40; number++)
        {
            var batch = new BatchRecord
            {
                JobId = "job",
                CollectionId = id,
                Lane = 1,
                BatchNumber = number,
                Counts = new ScanCounts { Rendered = number * 50 },
                Images = [.. Enumerable.Range(0, 50).Select(image => Samples.Ready(id, $"{number} {image}.jpg"))],
            };
            var started = Stopwatch.GetTimestamp();
            Assert.True(await store.RecordBatchAsync(batch));
            batches.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        var seen = double.MaxValue;
        for (var scan = 2; scan < 5; scan++)
        {
            var rescan = Stopwatch.GetTimestamp();
            await store.UpsertDiscoveredAsync(Samples.LibraryId, $"job-{scan}", found);
            seen = Math.Min(seen, Stopwatch.GetElapsedTime(rescan).TotalMilliseconds);
        }
        var median = batches.Order().ElementAt(batches.Count / 2);
        TestContext.Current.TestOutputHelper!.WriteLine($"batch of 50: median {median:F1} ms; rescan of 1,000 collections: {seen:F0} ms");
        // Wide bounds: they hold on a loaded machine, and still fail for a transaction per image.
        Assert.True(median < 150, $"a batch of 50 took {median:F1} ms");
        Assert.True(seen < 1_500, $"the rescan took {seen:F0} ms");
    }

    [Theory]
    [InlineData("", 32L << 20, 4)]
    [InlineData("x", 1_000, 4)]
    [InlineData("x", 32L << 20, 0)]
    public void Options_OutOfRange_AreRefused(string path, long cache, int readers) => Assert.Throws<ArgumentException>(
        () => new SqliteLibraryStore(new SqliteStoreOptions { Path = path, CacheBytes = cache, MaxReaders = readers }));
}
