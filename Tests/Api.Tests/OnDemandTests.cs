using System.Net;
using System.Text.Json.Nodes;
using ImageLibrary.Core;
using ImageLibrary.Tests.Api.Support;
using ImageLibrary.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>What a request for a missing derivative gets when it cannot be rendered: a problem document, never a fault.</summary>
public sealed class OnDemandTests : IAsyncLifetime
{
    private readonly ScannedLibrary library = new()
    {
        Configure = builder => builder.Options = builder.Options with { RenderWait = TimeSpan.FromMinutes(2) },
    };

    public ValueTask InitializeAsync() => library.InitializeAsync();

    public ValueTask DisposeAsync() => library.DisposeAsync();

    [Fact]
    public async Task Thumbnail_WhoseSourceWasSpoiled_Is404WithTheReason()
    {
        (string Collection, string Name, string? Content, FailureClass Expected)[] cases =
        [
            ("Pictures of a cat", "picture 1.png", "", FailureClass.Empty),
            ("Pictures of a cat", "picture 2.png", "\u0089PNG\r\n\u001a\n and then nothing that belongs there", FailureClass.Truncated),
            ("Pictures of a cat", "picture 10.png", "just words", FailureClass.Unsupported),
            ("Ähren", "1.png", null, FailureClass.IoError),
        ];
        foreach (var (collection, name, content, expected) in cases)
        {
            var id = await LoseThumbnailAsync(collection, name);
            var source = Path.Combine(library.Server.Pictures, collection, name);
            File.Delete(source);
            if (content is not null)
            {
                await File.WriteAllBytesAsync(source, System.Text.Encoding.Latin1.GetBytes(content));
            }

            using var response = await library.Client.GetAsync(new Uri($"images/{id}/thumbnail", UriKind.Relative));

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal(ImageFailure.Of(expected).Message, await DetailAsync(response));
        }
    }

    [Fact]
    public async Task Thumbnail_WhileNoWorkerRuns_IsPromisedForLater()
    {
        var id = await LoseThumbnailAsync("Ähren", "1.png");
        await library.StopWorkerAsync();
        var asked = library.Client.GetAsync(new Uri($"images/{id}/thumbnail", UriKind.Relative));
        var workflow = await StartedAsync(id);
        Assert.False(asked.IsCompleted);

        // Whoever looks after the engine ends the workflow: the request learns of it at once.
        await workflow.TerminateAsync("by hand");
        using var response = await asked;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), response.Headers.RetryAfter?.Delta);
        Assert.Contains("could not be rendered", await DetailAsync(response), StringComparison.Ordinal);
    }

    private async Task<string> LoseThumbnailAsync(string collection, string name)
    {
        var id = ScannedLibrary.Id(await library.ImageAsync(collection, name));
        var record = await library.Server.Store.GetImageAsync(id);
        library.Server.Blobs.Delete(record!.Derivative(DerivativeSpec.Thumbnail)!.FileName);
        return id;
    }

    private async Task<WorkflowHandle> StartedAsync(string imageId)
    {
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(library.EngineAddress));
        var handle = client.GetWorkflowHandle(WorkflowIds.Render(imageId));
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                Assert.Equal(WorkflowExecutionStatus.Running, (await handle.DescribeAsync()).Status);
                return handle;
            }
            catch (RpcException exception) when (exception.Code == RpcException.StatusCode.NotFound)
            {
                await Task.Delay(20, deadline.Token);
            }
        }
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"]!.GetValue<string>();
    }
}
