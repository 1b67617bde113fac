using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Libraries, the pause flag and the life of a store.</summary>
public abstract class LibraryConformance(IStoreHarness harness) : StoreConformance(harness)
{
    [Fact]
    public async Task AddLibrary_Twice_LeavesOne()
    {
        await Store.AddLibraryAsync(Samples.Library());
        var library = Assert.Single((await Store.ListLibrariesAsync(new PageRequest())).Items);
        Equal.Values(Samples.Library() with { LastScan = new LastScan(JobId, JobState.Running, Samples.Moment, null) }, library);
    }

    [Theory]
    [InlineData("/pictures")]
    [InlineData("/pictures/")]
    [InlineData("/pictures/2024")]
    [InlineData("/")]
    public async Task AddLibrary_OverlappingRoot_IsRefused(string root)
    {
        var conflict = await Assert.ThrowsAsync<RootConflictException>(() => Store.AddLibraryAsync(Samples.Library("other", root)));
        Assert.Equal(Samples.LibraryId, conflict.Existing.Id);
        Assert.Null(await Store.GetLibraryAsync("other"));
    }

    [Fact]
    public async Task AddLibrary_RootWithSamePrefix_IsAccepted()
    {
        await Store.AddLibraryAsync(Samples.Library("other", "/pictures2"));
        Assert.NotNull(await Store.GetLibraryAsync("other"));
    }

    [Fact]
    public async Task UpdateLibrary_ChangesNameAndSettingsOnly()
    {
        var collection = (await DiscoverAsync(JobId, "a"))[0];
        await PlanAsync(JobId, collection.Id, 1, Samples.Ready(collection.Id, "1.jpg"));
        var before = await Store.GetLibraryAsync(Samples.LibraryId);
        var settings = new LibrarySettings { Derivatives = [new DerivativeSpec("cache", 10, 20, "webp", 30)], ServeOriginals = true };
        Assert.True(await Store.UpdateLibraryAsync(Samples.LibraryId, "Other", settings));
        Assert.True(await Store.UpdateLibraryAsync(Samples.LibraryId, "Other", settings));
        Equal.Values(before! with { Name = "Other", Settings = settings }, await Store.GetLibraryAsync(Samples.LibraryId));
        Assert.Equal(1, before!.ImageCount);
    }

    [Fact]
    public async Task MarkLibraryDeleting_IsForGoodWhateverElseIsChanged()
    {
        await Store.AddLibraryAsync(Samples.Library("new", "/new") with { RootIdentity = null });
        Assert.True(await Store.MarkLibraryDeletingAsync("new"));
        Assert.True(await Store.MarkLibraryDeletingAsync("new"));
        Assert.True(await Store.UpdateLibraryAsync("new", "Renamed", new LibrarySettings()));
        Assert.True(await Store.SetRootIdentityAsync("new", new RootIdentity(7, 8, 9)));
        var read = (await Store.GetLibraryAsync("new"))!;
        Assert.Equal((LibraryState.Deleting, "Renamed", new RootIdentity(7, 8, 9)), (read.State, read.Name, read.RootIdentity));
        Assert.Equal(LibraryState.Active, (await Store.GetLibraryAsync(Samples.LibraryId))!.State);
    }

    [Fact]
    public async Task SetRootIdentity_KnownOne_IsReplacedOrForgotten()
    {
        Assert.True(await Store.SetRootIdentityAsync(Samples.LibraryId, new RootIdentity(7, 8, 9)));
        Assert.Equal(new RootIdentity(7, 8, 9), (await Store.GetLibraryAsync(Samples.LibraryId))!.RootIdentity);
        Assert.True(await Store.SetRootIdentityAsync(Samples.LibraryId, null));
        Assert.Null((await Store.GetLibraryAsync(Samples.LibraryId))!.RootIdentity);
    }

    [Fact]
    public async Task ChangesOfALibrary_Unknown_ChangeNothing()
    {
        Assert.False(await Store.UpdateLibraryAsync("unknown", "Unknown", new LibrarySettings()));
        Assert.False(await Store.SetRootIdentityAsync("unknown", new RootIdentity(7, 8, 9)));
        Assert.False(await Store.MarkLibraryDeletingAsync("unknown"));
        Assert.Null(await Store.GetLibraryAsync("unknown"));
    }

    [Fact]
    public async Task ListLibraries_ByPages_IsInNaturalOrderOfNames()
    {
        foreach (var number in Enumerable.Range(1, 11))
        {
            await Store.AddLibraryAsync(Samples.Library($"id{number}", $"/root{number}", $"album {number}"));
        }
        var names = (await AllAsync(page => Store.ListLibrariesAsync(page), 3)).Select(library => library.Name);
        Assert.Equal(Enumerable.Range(1, 11).Select(number => $"album {number}").Append("Pictures"), names);
    }

    [Fact]
    public async Task LastScan_OfScanOfAFolder_IsNotTheLibrarys()
    {
        await Store.AddJobAsync(Samples.Job("job-2", startedAt: Samples.Moment.AddHours(1)) with { Options = """{"path":"a/b"}""" });
        Assert.Equal(JobId, (await Store.GetLibraryAsync(Samples.LibraryId))!.LastScan!.JobId);
        await Store.AddJobAsync(Samples.Job("job-3", startedAt: Samples.Moment.AddHours(2)) with { Options = """{"path":""}""" });
        Assert.Equal("job-3", (await Store.GetLibraryAsync(Samples.LibraryId))!.LastScan!.JobId);
    }

    [Fact]
    public async Task RemoveLibrary_ImagesThenCollectionsThenItself_LeavesOthers()
    {
        await Store.AddLibraryAsync(Samples.Library("other", "/other"));
        var kept = (await Store.UpsertDiscoveredAsync("other", JobId, [Samples.Found("a")]))[0];
        await PlanAsync(JobId, kept.Id, 1, Samples.Ready(kept.Id, "1.jpg") with { LibraryId = "other" });
        var collections = await DiscoverAsync(JobId, "a", "empty");
        ImageRecord[] images = [.. Enumerable.Range(0, 25).Select(number => Samples.Ready(collections[0].Id, $"{number}.jpg"))];
        await PlanAsync(JobId, collections[0].Id, 1, images);

        Assert.Equal(Sum(images), (await Store.GetLibraryAsync(Samples.LibraryId))!.Derivatives);
        Assert.Equal(new DerivativeSum(52, 26 * (Sum(images).Bytes / 25)), await Store.SumDerivativesAsync());
        Assert.Equal(
            collections.Select(collection => collection.Id).Order(),
            (await Store.ListRemainingCollectionsAsync(Samples.LibraryId, 10)).Select(collection => collection.Id).Order());
        Assert.Single(await Store.ListRemainingCollectionsAsync(Samples.LibraryId, 1));
        Assert.False(await Store.RemoveLibraryAsync(Samples.LibraryId));
        Assert.False(await Store.RemoveCollectionAsync(collections[0].Id));

        await Store.RemoveImagesAsync(collections[0].Id, images[9].SortKey);
        Assert.Equal(15, (await Store.GetLibraryAsync(Samples.LibraryId))!.ImageCount);
        Assert.Equal(Sum(images[10..]), (await Store.GetLibraryAsync(Samples.LibraryId))!.Derivatives);
        Assert.Null(await Store.GetImageAsync(images[3].Id));
        Assert.NotNull(await Store.GetImageAsync(images[10].Id));
        await Store.RemoveImagesAsync(collections[0].Id, images[^1].SortKey);

        foreach (var collection in collections)
        {
            Assert.True(await Store.RemoveCollectionAsync(collection.Id));
            Assert.True(await Store.RemoveCollectionAsync(collection.Id));
            Assert.Null(await Store.GetCollectionAsync(collection.Id));
        }
        Assert.Empty(await Store.ListRemainingCollectionsAsync(Samples.LibraryId, 10));
        Assert.True(await Store.RemoveLibraryAsync(Samples.LibraryId));
        Assert.True(await Store.RemoveLibraryAsync(Samples.LibraryId));
        Assert.Null(await Store.GetLibraryAsync(Samples.LibraryId));
        Assert.Equal(1, (await Store.GetLibraryAsync("other"))!.ImageCount);
        Assert.Equal(Sum(images[..1]), await Store.SumDerivativesAsync());
        Assert.Single((await Store.ListCollectionsAsync(new CollectionQuery(Search: "a"), new PageRequest())).Items);
    }

    [Fact]
    public async Task PauseAll_SurvivesReopening()
    {
        Assert.False(await Store.GetPauseAllAsync());
        await Store.SetPauseAllAsync(true);
        await Store.SetPauseAllAsync(true);
        await ReopenAsync();
        Assert.True(await Store.GetPauseAllAsync());
        await Store.SetPauseAllAsync(false);
        Assert.False(await Store.GetPauseAllAsync());
    }

    [Fact]
    public async Task ShareAccess_OfSeveralProcesses_AgreesOnKeyAndTokens()
    {
        Assert.Empty((await Store.GetAccessAsync()).Tokens);
        var one = new AccessToken("one:/data", AccessRole.Admin, [1, 2, 3]);
        var first = await Store.ShareAccessAsync(one);
        Assert.Equal(AccessKeys.SigningKeyBytes, first.SigningKey.Length);
        await ReopenAsync();
        var two = new AccessToken("two:/data", AccessRole.Viewer, [4]);
        var second = await Store.ShareAccessAsync(two);
        Assert.Equal(first.SigningKey, second.SigningKey);
        Equal.Values(new AccessKeys(first.SigningKey, [one, two]), second);
        var renewed = await Store.ShareAccessAsync(one with { Hash = [9] });
        Assert.Equal(new byte[] { 4, 9 }, renewed.Tokens.Select(token => token.Hash[0]).Order());
        Equal.Values(renewed, await Store.GetAccessAsync());
    }

    [Fact]
    public async Task SumDerivatives_SourcesServedThemselves_AreNoFiles()
    {
        var collection = (await DiscoverAsync(JobId, "a"))[0];
        var image = Samples.Ready(collection.Id, "1.jpg");
        await PlanAsync(
            JobId, collection.Id, 1,
            image with { Derivatives = [image.Derivatives[0] with { OriginalModified = image.SourceModified }, .. image.Derivatives.Skip(1)] });
        Assert.Equal(Sum([image with { Derivatives = [.. image.Derivatives.Skip(1)] }]), await Store.SumDerivativesAsync());
        await PlanAsync(JobId, collection.Id, 2, image);
        Assert.Equal(Sum([image]), await Store.SumDerivativesAsync());
    }

    [Fact]
    public async Task FindLibrary_HasEverythingButCountsAndLastScan()
    {
        var collection = (await DiscoverAsync(JobId, "a"))[0];
        await PlanAsync(JobId, collection.Id, 1, Samples.Ready(collection.Id, "1.jpg"));
        var found = (await Store.FindLibraryAsync(Samples.LibraryId))!;
        Equal.Values(Samples.Library(), found with { ImageCount = 0, CollectionCount = 0, Derivatives = DerivativeSum.None, LastScan = null });
        Assert.Null(await Store.FindLibraryAsync("unknown"));
    }

    [Fact]
    public async Task Initialize_Twice_KeepsEverything()
    {
        await Store.InitializeAsync();
        await Store.PingAsync();
        await ReopenAsync();
        Assert.NotNull(await Store.GetLibraryAsync(Samples.LibraryId));
    }

    [Fact]
    public async Task Initialize_NewerSchema_IsRefusedAndNamed()
    {
        await Store.DisposeAsync();
        await Harness.MakeNewerAsync();
        var refused = await Assert.ThrowsAsync<StoreException>(() => Harness.OpenAsync(Time));
        Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("AAAA")]
    [InlineData("bm90IGEgY3Vyc29yIG9mIHRoaXMgbGlzdA")]
    public async Task Lists_CursorThatNobodyHandedOut_IsRefused(string cursor)
    {
        var page = new PageRequest(10, cursor);
        await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListLibrariesAsync(page));
        await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListCollectionsAsync(new CollectionQuery(), page));
        await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListImagesAsync("x", page));
        await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListJobsAsync(new JobQuery(), page));
        await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListFailuresAsync(JobId, page));
        await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListJobChangesAsync(cursor));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task Lists_LimitOutOfRange_IsRefused(int limit)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListLibrariesAsync(new PageRequest(limit)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListImagesAsync("x", new PageRequest(limit)));
    }

    private static DerivativeSum Sum(IEnumerable<ImageRecord> images) => DerivativeSum.Of([.. images.SelectMany(image => image.Derivatives)]);
}
