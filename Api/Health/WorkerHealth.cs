namespace ImageLibrary.Api.Health;

/// <summary>Tells whether a worker takes jobs; whoever hosts the API knows how to find out.</summary>
/// <param name="check">Null when it works, else the reason in one sentence.</param>
public sealed class WorkerHealth(Func<CancellationToken, Task<string?>> check)
{
    /// <summary>Checks the worker.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<string?> CheckAsync(CancellationToken cancellationToken) => check(cancellationToken);
}
