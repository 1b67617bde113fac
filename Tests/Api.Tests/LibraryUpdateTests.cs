using System.Net.Http.Json;
using ImageLibrary.Core;
using ImageLibrary.Tests.Api.Support;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>Changes of a library.</summary>
public sealed class LibraryUpdateTests(ScannedLibrary library)
{
    [Fact]
    public async Task Update_WithTheSameFolder_TakesWhateverDiskLiesThereNow()
    {
        var path = $"libraries/{library.LibraryId}";
        var known = (await library.Server.Store.GetLibraryAsync(library.LibraryId))!;
        await library.Server.Store.SetRootIdentityAsync(known.Id, new RootIdentity(1, 2, 3));

        await PatchAsync(path, new { name = known.Name });
        Assert.Equal(new RootIdentity(1, 2, 3), (await library.Server.Store.GetLibraryAsync(library.LibraryId))!.RootIdentity);

        await PatchAsync(path, new { rootPath = known.RootPath });
        Assert.Null((await library.Server.Store.GetLibraryAsync(library.LibraryId))!.RootIdentity);
    }

    private async Task PatchAsync(string path, object body)
    {
        using var response = await library.Client.PatchAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
