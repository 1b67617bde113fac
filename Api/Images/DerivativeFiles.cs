using ImageLibrary.Api.Problems;
using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Api.Images;

/// <summary>Opens derivatives; has those rendered that are missing.</summary>
internal sealed class DerivativeFiles(
    ILibraryStore store, IBlobStore blobs, ITemporalClient client, ApiOptions options, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromMinutes(1);

    public async Task<(Derivative Derivative, Stream Content)> OpenAsync(string imageId, string kind, CancellationToken cancellationToken)
    {
        var image = await FindAsync(imageId, cancellationToken);
        if (TryOpen(image, kind) is { } present)
        {
            return present;
        }
        if (image.State is ImageState.Failed or ImageState.Quarantined or ImageState.Removed)
        {
            throw NotShown(image);
        }
        await RenderAsync(imageId, cancellationToken);
        image = await FindAsync(imageId, cancellationToken);
        return TryOpen(image, kind) ?? throw NotShown(image);
    }

    private (Derivative, Stream)? TryOpen(ImageRecord image, string kind)
    {
        if (image.Derivative(kind) is not { } derivative || blobs.Open(derivative.FileName) is not { } stream)
        {
            return null;
        }
        if (stream.Length == derivative.Bytes)
        {
            return (derivative, stream);
        }
        // A file cut short by a power failure counts as missing.
        stream.Dispose();
        return null;
    }

    private async Task RenderAsync(string imageId, CancellationToken cancellationToken)
    {
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await ExecuteAsync(imageId, new RpcOptions { CancellationToken = listening.Token }).WaitAsync(options.RenderWait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw ApiProblemException.Unavailable("Not rendered yet", "The picture is being rendered; ask again shortly.", RetryAfter);
        }
        catch (WorkflowFailedException exception)
        {
            throw exception.InnerException is ActivityFailureException { InnerException: ApplicationFailureException { ErrorType: FailureTypes.NotFound } }
                ? ApiProblemException.NotFound("image", imageId)
                : ApiProblemException.Unavailable("Not rendered", "The picture could not be rendered just now; ask again later.", RetryAfterFailure);
        }
        finally
        {
            // The rendering itself goes on.
            await listening.CancelAsync();
        }
    }

    private async Task ExecuteAsync(string imageId, RpcOptions rpc)
    {
        var start = RenderOnDemandStart.Options(imageId);
        start.Rpc = rpc;
        var handle = await client.StartWorkflowAsync(
            (IRenderOnDemand workflow) => workflow.RunAsync(new RenderOnDemandInput(imageId)), start);
        await handle.GetResultAsync(rpcOptions: rpc);
    }

    private async Task<ImageRecord> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.GetImageAsync(id, cancellationToken) ?? throw ApiProblemException.NotFound("image", id);

    private static ApiProblemException NotShown(ImageRecord image) =>
        new(System.Net.HttpStatusCode.NotFound, "The image cannot be shown", image switch
        {
            { State: ImageState.Removed } => "The image's source is gone.",
            { Failure: { } failure } => failure.Message,
            _ => "The image could not be rendered; the next scan tries again.",
        });
}
