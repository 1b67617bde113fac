using ImageLibrary.Api.Problems;
using ImageLibrary.Core;
using ImageLibrary.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace ImageLibrary.Api.Images;

/// <summary>Opens derivatives, or the sources that are served in their place; has those rendered that are missing.</summary>
internal sealed class DerivativeFiles(
    ILibraryStore store, IBlobStore blobs, OriginalFiles originals, ITemporalClient client, ApiOptions options, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromMinutes(1);

    public async Task<(Derivative Derivative, Stream Content)> OpenAsync(string imageId, string kind, CancellationToken cancellationToken)
    {
        var image = await FindAsync(imageId, cancellationToken);
        if (await TryOpenAsync(image, kind, cancellationToken) is { } present)
        {
            return present;
        }
        if (image.State is ImageState.Failed or ImageState.Quarantined or ImageState.Removed)
        {
            throw NotShown(image);
        }
        await RenderAsync(imageId, cancellationToken);
        image = await FindAsync(imageId, cancellationToken);
        return await TryOpenAsync(image, kind, cancellationToken) ?? throw NotShown(image);
    }

    private async Task<(Derivative, Stream)?> TryOpenAsync(ImageRecord image, string kind, CancellationToken cancellationToken)
    {
        if (image.Derivative(kind) is not { } derivative)
        {
            return null;
        }
        var stream = derivative.OriginalModified is { } modified
            ? await originals.OpenAsync(image, modified, cancellationToken)
            : blobs.Open(derivative.FileName);
        if (stream is null)
        {
            return null;
        }
        if (stream.Length == derivative.Bytes)
        {
            return (derivative, stream);
        }
        // A file cut short by a power failure counts as missing.
        await stream.DisposeAsync();
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
