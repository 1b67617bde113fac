using System.Text.Json.Nodes;
using Xunit;

namespace ImageLibrary.Tests.Api.Support;

/// <summary>Checks each answer against the OpenAPI document: a status of a described operation must be described, too.</summary>
internal sealed class ContractHandler(Lazy<Task<JsonObject>> paths) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (await OperationAsync(request) is { } operation)
        {
            var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(
                operation["responses"]!.AsObject().ContainsKey(status),
                $"{request.Method} {request.RequestUri!.AbsolutePath} answers {status}, which the OpenAPI document does not tell");
        }
        return response;
    }

    private async Task<JsonObject?> OperationAsync(HttpRequestMessage request)
    {
        var asked = request.RequestUri!.AbsolutePath.Split('/');
        // A literal segment goes before a parameter, as in routing.
        return (await paths.Value)
            .Where(path => Fits(path.Key.Split('/'), asked))
            .OrderBy(path => path.Key.Count(letter => letter == '{'))
            .Select(path => path.Value![request.Method.Method.ToLowerInvariant()]?.AsObject())
            .FirstOrDefault();
    }

    private static bool Fits(string[] template, string[] asked) =>
        template.Length == asked.Length
        && template.Zip(asked).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
}
