using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ImageLibrary.Storage.Files;
using ImageLibrary.Tests.Api.Support;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>Requests that make no sense get a problem that names the field, and never a stack trace.</summary>
public sealed class ProblemTests(ScannedLibrary library)
{
    [Theory]
    [InlineData("POST", "libraries", "", "body")]
    [InlineData("POST", "libraries", "{", "body")]
    [InlineData("POST", "libraries", "[]", "body")]
    [InlineData("POST", "libraries", "null", "body")]
    [InlineData("POST", "libraries", "{}", "rootPath")]
    [InlineData("POST", "libraries", """{"rootPath":7}""", "rootPath")]
    [InlineData("POST", "libraries", """{"rootPath":null}""", "rootPath")]
    [InlineData("POST", "libraries", """{"rootPath":""}""", "rootPath")]
    [InlineData("POST", "libraries", """{"rootPath":"relative"}""", "rootPath")]
    [InlineData("POST", "libraries", """{"rootPath":"/no/such/folder"}""", "rootPath")]
    [InlineData("POST", "libraries", """{"rootPath":"/proc"}""", "rootPath")]
    [InlineData("POST", "libraries", """{"rootPath":"/tmp","rootPath":"/tmp"}""", "rootPath")]
    [InlineData("POST", "libraries", """{"rootPath":"/tmp","settings":{"maxConcurrentCollections":0}}""", "settings.maxConcurrentCollections")]
    [InlineData("POST", "libraries", """{"rootPath":"/tmp","settings":{"derivatives":[]}}""", "settings.derivatives")]
    [InlineData("POST", "libraries", """{"rootPath":"/tmp","settings":{"derivatives":[{"kind":"thumbnail","maxWidth":300,"maxHeight":300,"format":"webp","quality":85},{"kind":"cache","maxWidth":16384,"maxHeight":1080,"format":"webp","quality":85}]}}""", "settings.derivatives")]
    [InlineData("POST", "libraries", """{"rootPath":"/tmp","settings":{"exclude":[" "]}}""", "settings.exclude")]
    [InlineData("POST", "libraries/check", """{"rootPath":" "}""", "rootPath")]
    [InlineData("PATCH", "libraries/{library}", """{"name":" "}""", "name")]
    [InlineData("PATCH", "libraries/{library}", """{"rootPath":"/elsewhere"}""", "rootPath")]
    [InlineData("POST", "libraries/{library}/scan", """{"deep":"yes"}""", "deep")]
    [InlineData("POST", "libraries/{library}/scan", """{"path":"../up"}""", "path")]
    [InlineData("POST", "libraries/{library}/scan", """{"path":"/abs"}""", "path")]
    [InlineData("POST", "libraries/{library}/scan", """{"pth":"x"}""", "pth")]
    [InlineData("POST", "collections/none/scan", """{"path":"x"}""", "path")]
    [InlineData("POST", "libraries", """{"rootPath":"/no/such/folder","title":"x"}""", "title")]
    [InlineData("POST", "libraries", """{"rootPath":"/no/such/folder","settings":{"excludes":[]}}""", "settings.excludes")]
    [InlineData("POST", "libraries", """{"rootPath":"/no/such/folder","settings":{"derivatives":[{"size":3}]}}""", "settings.derivatives[0].size")]
    [InlineData("POST", "libraries/check", """{"rootPath":"/tmp","path":"x"}""", "path")]
    [InlineData("PATCH", "libraries/{library}", """{"title":"x"}""", "title")]
    [InlineData("PUT", "jobs/{job}/concurrency", """{"concurrency":4,"workers":4}""", "workers")]
    [InlineData("PUT", "jobs/{job}/concurrency", """{"concurrency":0}""", "concurrency")]
    [InlineData("PUT", "jobs/{job}/concurrency", """{"concurrency":65}""", "concurrency")]
    [InlineData("PUT", "jobs/{job}/concurrency", """{"concurrency":"4"}""", "concurrency")]
    [InlineData("GET", "jobs?state=bogus", null, "state")]
    [InlineData("GET", "jobs?type=bogus", null, "type")]
    [InlineData("GET", "jobs?limit=0", null, "limit")]
    [InlineData("GET", "jobs?limit=1001", null, "limit")]
    [InlineData("GET", "jobs?limit=x", null, "limit")]
    [InlineData("GET", "jobs?cursor=bogus", null, "cursor")]
    [InlineData("GET", "libraries?cursor=bogus", null, "cursor")]
    [InlineData("GET", "collections?sort=bogus", null, "sort")]
    [InlineData("GET", "collections?empty=bogus", null, "empty")]
    [InlineData("GET", "collections?cursor=%00", null, "cursor")]
    [InlineData("GET", "jobs/{job}/failures?cursor=bogus", null, "cursor")]
    public async Task BadRequest_Always_NamesTheField(string method, string path, string? body, string field)
    {
        using var response = await SendAsync(method, path, body);
        var problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
        var errors = problem["errors"]!.AsObject();
        Assert.Equal(field, Assert.Single(errors).Key);
        Assert.NotEmpty(errors[field]!.AsArray()[0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("GET", "libraries/none")]
    [InlineData("PATCH", "libraries/none")]
    [InlineData("DELETE", "libraries/none")]
    [InlineData("POST", "libraries/none/scan")]
    [InlineData("GET", "collections/none")]
    [InlineData("GET", "collections/none/images")]
    [InlineData("POST", "collections/none/scan")]
    [InlineData("GET", "images/none")]
    [InlineData("GET", "images/none/thumbnail")]
    [InlineData("GET", "images/none/original")]
    [InlineData("GET", "jobs/none")]
    [InlineData("GET", "jobs/library-scan%2Fnone")]
    [InlineData("GET", "jobs/none/failures")]
    [InlineData("GET", "jobs/none/events")]
    [InlineData("POST", "jobs/none/pause")]
    public async Task UnknownId_Everywhere_Is404(string method, string path)
    {
        using var response = await SendAsync(method, path, method is "POST" or "PATCH" ? "{}" : null);
        await ProblemAsync(response, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Body_OfAnotherMediaType_Is415()
    {
        using var content = new StringContent("rootPath=/tmp", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await library.Client.PostAsync("libraries", content);
        await ProblemAsync(response, HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Library_InsideAnother_Is409ThatNamesIt()
    {
        foreach (var root in new[] { Path.Combine(library.Server.Pictures, "broken"), library.Server.Pictures })
        {
            using var response = await SendAsync("POST", "libraries", $$"""{"rootPath":"{{root}}"}""");
            var problem = await ProblemAsync(response, HttpStatusCode.Conflict);
            Assert.Equal(library.LibraryId, problem["libraryId"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Check_OfAFolderWithOneThatCannotBeListed_CountsTheOthers()
    {
        var folder = Directory.CreateTempSubdirectory("imagelibrary-check-").FullName;
        var (outer, inner) = (Path.Combine([folder, .. Enumerable.Repeat(new string('a', 200), 10)]), Path.Combine(folder, "inner"));
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "picture.png"), [1]);
            Directory.CreateDirectory(outer);
            Directory.CreateDirectory(Path.Combine([inner, .. Enumerable.Repeat(new string('b', 200), 11)]));
            // No path that long can be opened, though each of its halves could be made.
            Directory.Move(inner, Path.Combine(outer, "inner"));

            using var response = await library.Client.PostAsJsonAsync("libraries/check", new { rootPath = folder });

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(1, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["images"]!.GetValue<int>());
        }
        finally
        {
            Directory.Move(Path.Combine(outer, "inner"), inner);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(null, "no pictures")]
    [InlineData("notes.txt", "no pictures")]
    [InlineData("data/cache/picture.png", "no pictures")]
    [InlineData("picture.png", null)]
    [InlineData("comic.cbz", null)]
    public async Task Check_OfAFolderWithoutPictures_SaysSo(string? file, string? sentence)
    {
        var folder = Directory.CreateTempSubdirectory("imagelibrary-check-").FullName;
        new FileBlobStore(Path.Combine(folder, "data/cache")).Dispose();
        if (file is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, file), [1]);
        }

        using var response = await library.Client.PostAsJsonAsync("libraries/check", new { rootPath = folder });
        Directory.Delete(folder, recursive: true);

        var check = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True(check["readable"]!.GetValue<bool>());
        Assert.True(check["allowed"]!.GetValue<bool>());
        var message = check["message"]?.GetValue<string>();
        Assert.True(sentence is null ? message is null : message?.Contains(sentence, StringComparison.Ordinal), message);
    }

    [Fact]
    public async Task Check_OfAFolderThatCannotBeALibrary_TellsWhyAndWhetherItCanBeRead()
    {
        var file = Path.Combine(library.Server.Pictures, "broken/page.jpg");
        foreach (var (folder, readable, sentence) in new[]
        {
            (library.Server.Pictures, true, "overlaps"),
            (Path.Combine(library.Server.Pictures, "broken"), true, "overlaps"),
            (library.Server.DataDirectory, true, "data folder"),
            ("/proc", true, "operating system"),
            (file, false, "is a file"),
            ("/no/such/folder", false, "does not exist"),
            (".", false, "absolute"),
        })
        {
            using var response = await library.Client.PostAsJsonAsync("libraries/check", new { rootPath = folder });
            var check = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal((folder, false, readable), (folder, check["allowed"]!.GetValue<bool>(), check["readable"]!.GetValue<bool>()));
            Assert.Contains(sentence, check["message"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal(sentence == "overlaps" ? library.LibraryId : null, check["conflictingLibraryId"]?.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("cancel")]
    [InlineData("approve")]
    public async Task EndedJob_CannotBeSteered(string verb)
    {
        using var response = await SendAsync("POST", $"jobs/{{job}}/{verb}", null);
        await ProblemAsync(response, HttpStatusCode.Conflict);
    }

    private static async Task<JsonObject> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        var problem = JsonNode.Parse(text)!.AsObject();
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        Assert.NotEmpty(problem["title"]!.GetValue<string>());
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
        return problem;
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? body)
    {
        var filled = path.Replace("{library}", library.LibraryId, StringComparison.Ordinal).Replace("{job}", library.JobId, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), filled);
        request.Content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue("application/json"));
        return await library.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
