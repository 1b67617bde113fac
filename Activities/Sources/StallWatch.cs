namespace ImageLibrary.Activities;

/// <summary>
/// Tells work that takes long from work that hangs. A thread that waits for a disk that went away uses no processor time; one that
/// lists a million files or unpacks its way through an archive does.
/// </summary>
internal static class StallWatch
{
    // Less than this within a deadline is a signal or a timer of the runtime, no work.
    private static readonly TimeSpan LeastWork = TimeSpan.FromMilliseconds(1);

    /// <summary>Waits for work as long as it gets anywhere.</summary>
    /// <param name="work">The work.</param>
    /// <param name="thread">The system's number of the thread that does it.</param>
    /// <param name="deadline">For how long it may get nowhere.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It hangs.</exception>
    public static async Task<T> WaitAsync<T>(
        Task<T> work, int thread, TimeSpan deadline, TimeProvider time, CancellationToken cancellationToken)
    {
        var used = Posix.ProcessorTime(thread);
        while (true)
        {
            try
            {
                return await work.WaitAsync(deadline, time, cancellationToken);
            }
            catch (TimeoutException) when (!work.IsCompleted)
            {
                // Where the system does not tell, patience is the smaller harm: a retry would begin the same work again.
                var now = Posix.ProcessorTime(thread);
                if (now - used < LeastWork)
                {
                    throw;
                }
                used = now;
            }
        }
    }
}
