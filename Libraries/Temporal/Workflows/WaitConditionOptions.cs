namespace Temporalio.Workflows;

/// <summary>How <see cref="Workflow.WaitConditionWithOptionsAsync"/> waits.</summary>
public class WaitConditionOptions : ICloneable
{
    /// <summary>Sets nothing; the condition must be set before use.</summary>
    public WaitConditionOptions()
    {
    }

    /// <summary>Sets everything.</summary>
    public WaitConditionOptions(
        Func<bool> conditionCheck,
        TimeSpan? timeout = null,
        string? timeoutSummary = null,
        CancellationToken? cancellationToken = null)
    {
        ConditionCheck = conditionCheck;
        Timeout = timeout;
        TimeoutSummary = timeoutSummary;
        CancellationToken = cancellationToken;
    }

    /// <summary>The condition. It runs often and must not change anything.</summary>
    public Func<bool> ConditionCheck { get; set; } = null!;

    /// <summary>How long to wait; null waits for ever.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>One line for people, shown with the timer of the timeout.</summary>
    public string? TimeoutSummary { get; set; }

    /// <summary>Cancels the wait; null for <see cref="Workflow.CancellationToken"/>.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Copies these options.</summary>
    public virtual object Clone() => MemberwiseClone();
}
