namespace ImageLibrary.Temporal.Server.Storage;

/// <summary>The row id of a batch of events: run and first event in one integer, so that a history lies together and in order.</summary>
internal static class HistoryKey
{
    private const int EventBits = 20;

    /// <summary>A history is limited to 51,200 events, far below this.</summary>
    private const long MaximumEvent = (1L << EventBits) - 1;

    public static long Of(long runKey, long firstEvent) => (runKey << EventBits) | firstEvent;

    public static long EventOf(long id) => id & MaximumEvent;

    public static (long From, long To) Range(long runKey) => (Of(runKey, 0), Of(runKey, MaximumEvent));
}
