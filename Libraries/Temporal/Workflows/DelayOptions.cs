namespace Temporalio.Workflows;

/// <summary>How <see cref="Workflow.DelayWithOptionsAsync"/> waits.</summary>
public class DelayOptions : ICloneable
{
    /// <summary>Sets nothing; <see cref="Delay"/> stays zero.</summary>
    public DelayOptions()
    {
    }

    /// <summary>Sets everything, the delay in milliseconds.</summary>
    public DelayOptions(int millisecondsDelay, string? summary = null, CancellationToken? cancellationToken = null)
        : this(TimeSpan.FromMilliseconds(millisecondsDelay), summary, cancellationToken)
    {
    }

    /// <summary>Sets everything.</summary>
    public DelayOptions(TimeSpan delay, string? summary = null, CancellationToken? cancellationToken = null)
    {
        Delay = delay;
        Summary = summary;
        CancellationToken = cancellationToken;
    }

    /// <summary>How long to wait. <see cref="Timeout.InfiniteTimeSpan"/> waits for the cancellation only, zero counts
    /// as one millisecond, other negative values are refused.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>One line for people, shown with the timer.</summary>
    public string? Summary { get; set; }

    /// <summary>Cancels the timer; null for <see cref="Workflow.CancellationToken"/>.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Copies these options.</summary>
    public virtual object Clone() => MemberwiseClone();
}
