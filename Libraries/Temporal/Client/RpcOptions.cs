namespace Temporalio.Client;

/// <summary>Options of a single call to the server.</summary>
public class RpcOptions : ICloneable
{
    /// <summary>Whether failures that may pass are retried; null for true on client calls and false on raw ones.</summary>
    public bool? Retry { get; set; }

    /// <summary>Headers of this call, on top of the connection's.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? Metadata { get; set; }

    /// <summary>Binary headers of this call, on top of the connection's; the names end in <c>-bin</c>.</summary>
    public IReadOnlyCollection<KeyValuePair<string, byte[]>>? BinaryMetadata { get; set; }

    /// <summary>Time for each attempt, null for 30 s, or 70 s on long polls.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Gives the call up.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <inheritdoc />
    public virtual object Clone() => MemberwiseClone();

    /// <summary>Options that are cancelled by another token as well.</summary>
    /// <param name="cancellationToken">The token.</param>
    /// <returns>The options, and the source to dispose of when the two tokens had to be linked.</returns>
    protected internal Tuple<RpcOptions, CancellationTokenSource?> WithAdditionalCancellationToken(CancellationToken? cancellationToken)
    {
        if (cancellationToken is not { CanBeCanceled: true } additional)
        {
            return new(this, null);
        }
        var options = (RpcOptions)Clone();
        var linked = CancellationToken is { } own ? CancellationTokenSource.CreateLinkedTokenSource(own, additional) : null;
        options.CancellationToken = linked?.Token ?? additional;
        return new(options, linked);
    }
}
