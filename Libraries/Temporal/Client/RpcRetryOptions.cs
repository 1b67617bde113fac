namespace Temporalio.Client;

/// <summary>How calls are retried.</summary>
public class RpcRetryOptions : ICloneable
{
    /// <summary>Delay before the second attempt. Default 100 ms.</summary>
    public TimeSpan InitialInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>By what share of itself a delay is shortened or lengthened at random. Default 0.2.</summary>
    public float RandomizationFactor { get; set; } = 0.2F;

    /// <summary>Factor by which each delay exceeds the one before. Default 1.5.</summary>
    public float Multiplier { get; set; } = 1.5F;

    /// <summary>Longest delay. Default 5 s.</summary>
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time after which nothing is retried any more, null for no limit. Default 10 s.</summary>
    public TimeSpan? MaxElapsedTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many retries there may be. Default 10.</summary>
    public int MaxRetries { get; set; } = 10;

    /// <inheritdoc />
    public virtual object Clone() => MemberwiseClone();
}
