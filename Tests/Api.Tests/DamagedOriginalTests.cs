using System.Net;
using ImageLibrary.Tests.Api.Support;
using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>An entry of an archive that is there whole, but whose checksum is wrong.</summary>
public sealed class DamagedOriginalTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public async Task Original_WithAWrongChecksum_IsSentToItsEnd(int behind)
    {
        await using var server = await ApiServer.StartAsync();
        byte[] picture = [.. Png.Gradient(8, 8, 1), .. new byte[behind]];
        var image = await server.AddArchiveAsync("b.zip", "1.png", picture);
        var archive = Path.Combine(server.Pictures, "b.zip");
        var file = await File.ReadAllBytesAsync(archive);
        var at = file.AsSpan().IndexOf(picture) + picture.Length / 2;
        file[at]++;
        picture[picture.Length / 2]++;
        await File.WriteAllBytesAsync(archive, file);
        using var client = server.CreateClient();

        using var response = await client.GetAsync(new Uri($"images/{image}/original", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(picture, await response.Content.ReadAsByteArrayAsync());
    }
}
