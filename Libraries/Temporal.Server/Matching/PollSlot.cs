namespace ImageLibrary.Temporal.Server.Matching;

/// <summary>A caller that waits for a task. It is answered exactly once: with a task, or with nothing.</summary>
/// <param name="identity">Who polls.</param>
/// <param name="worker">The worker's instance key; empty if it gave none.</param>
/// <param name="isSticky">Whether it polls the queue of one worker's cache.</param>
/// <param name="aborted">Fires when the caller goes away.</param>
internal sealed class PollSlot<TReply>(string identity, string worker, bool isSticky, CancellationToken aborted)
    where TReply : class
{
    private readonly TaskCompletionSource<TReply?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Identity { get; } = identity;

    public string Worker { get; } = worker;

    public bool IsSticky { get; } = isSticky;

    /// <summary>Whether a task may be handed over: the caller still waits.</summary>
    public bool IsOpen => !answer.Task.IsCompleted && HasCaller;

    public bool HasCaller => !aborted.IsCancellationRequested;

    /// <summary>Whether a task is bound to it and only waits to be durable; then nothing else may answer.</summary>
    public bool IsTaken { get; set; }

    public Task<TReply?> Answer => answer.Task;

    public void Complete(TReply? reply) => answer.TrySetResult(reply);

    public void Refuse(Exception exception) => answer.TrySetException(exception);
}
