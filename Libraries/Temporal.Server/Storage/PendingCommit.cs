namespace ImageLibrary.Temporal.Server.Storage;

/// <summary>A transition on its way to the disk: its rows, and who waits for them.</summary>
internal class PendingCommit
{
    private List<(Action Release, Action Abandon)>? waiters;

    public WriteSet Writes { get; } = new();

    /// <summary>Adds what happens once the rows are durable, or when the server stops before they are. Neither may block.</summary>
    public void OnRelease(Action release, Action abandon) => (waiters ??= []).Add((release, abandon));

    public void Release() => waiters?.ForEach(waiter => waiter.Release());

    public void Abandon() => waiters?.ForEach(waiter => waiter.Abandon());
}
