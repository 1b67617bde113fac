using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using ImageLibrary.Api;
using ImageLibrary.Api.Jobs;
using ImageLibrary.Api.Json;
using ImageLibrary.Api.Paging;
using ImageLibrary.Cli.Serving;
using ImageLibrary.Cli.Settings;

namespace ImageLibrary.Cli.Remote;

/// <summary>Talks to a running server, found by <c>--url</c> and <c>--token</c>, else by the file in the data folder.</summary>
internal sealed class ServerConnection : IDisposable
{
    private static readonly Option<string?> Url = new("--url") { Description = "Address of the server." };
    private static readonly Option<string?> Token = new("--token") { Description = "The server's token." };

    // A server that its supervisor starts again is back within seconds, on a machine that has nothing else to do.
    private static readonly TimeSpan ReturnPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ReturnInterval = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _http;

    private ServerConnection(string url, string token)
    {
        _http = new HttpClient { BaseAddress = new Uri(new Uri(url.TrimEnd('/') + "/"), ApiRoutes.Prefix[1..] + "/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Adds the options that find the server.</summary>
    public static Command WithOptions(Command command)
    {
        command.Options.Add(Url);
        command.Options.Add(Token);
        command.Options.Add(ServeOptions.Data);
        command.Options.Add(ServeOptions.Json);
        return command;
    }

    public static ServerConnection Open(ParseResult parsed)
    {
        var reader = new SettingReader(parsed, null, Environment.GetEnvironmentVariable);
        var url = reader.OptionalText(Url, ["IMAGELIBRARY_URL"], "url").Value;
        var token = reader.OptionalText(Token, ["IMAGELIBRARY_TOKEN"], "token").Value;
        if (url is null || token is null)
        {
            var data = ServeSettings.DataFolder(reader, Environment.GetEnvironmentVariable).Value;
            var server = DataFolder.ReadServer(data)
                ?? throw new UserException($"no server runs in the data folder {data}; start one, or name it by --url and --token");
            url ??= server.Url;
            token ??= server.Token;
        }
        return Uri.TryCreate(url, UriKind.Absolute, out _)
            ? new ServerConnection(url, token)
            : throw new UserException($"--url needs an address such as http://127.0.0.1:8080, not '{url}'", ExitCodes.Usage);
    }

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Get, path, null, cancellationToken);

    public async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: ApiJson.Options);
        using var response = await SendAsync(request, cancellationToken);
        return (await response.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancellationToken))!;
    }

    /// <summary>All items of a paged list.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var next = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = await GetAsync<PageDto<T>>($"{path}{separator}limit=1000{next}", cancellationToken);
            foreach (var item in page.Items)
            {
                yield return item;
            }
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>The states of a job or of all jobs as they change, without end; a server that is started again is taken up again.</summary>
    public async IAsyncEnumerable<JobDto> WatchAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? position = null;
        while (true)
        {
            using var response = await OpenEventsAsync(path, position, cancellationToken);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var parser = SseParser.Create(stream, (_, data) => JsonSerializer.Deserialize<JobDto>(data, ApiJson.Options)!);
            await using var events = parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(events))
            {
                yield return events.Current.Data;
            }
            position = parser.LastEventId;
            await Task.Delay(ReturnInterval, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<JobDto>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (IOException)
        {
            // The server stopped, or broke.
            return false;
        }
    }

    // From a position on it is a return, for which the server gets some time.
    private async Task<HttpResponseMessage> OpenEventsAsync(string path, string? position, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (position is { Length: > 0 })
            {
                request.Headers.Add("Last-Event-ID", position);
            }
            try
            {
                return await SendAsync(request, cancellationToken);
            }
            catch (UserException) when (position is not null && Stopwatch.GetElapsedTime(started) < ReturnPatience)
            {
                await Task.Delay(ReturnInterval, cancellationToken);
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new UserException($"the server at {_http.BaseAddress!.GetLeftPart(UriPartial.Authority)} does not answer; is it running?", inner: e);
        }
        if (response.IsSuccessStatusCode)
        {
            return response;
        }
        using (response)
        {
            throw new UserException(response.StatusCode == HttpStatusCode.Unauthorized
                ? "the server refuses the token; the right one is in 'admin-token' in its data folder"
                : await DetailAsync(response, cancellationToken));
        }
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return problem.GetProperty("detail").GetString() ?? $"the server answers {(int)response.StatusCode}";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"the server answers {(int)response.StatusCode}";
        }
    }
}
