namespace Temporalio.Client;

/// <summary>Options of a report of cancellation.</summary>
public class AsyncActivityReportCancellationOptions : ICloneable
{
    /// <summary>Values to send along.</summary>
    public IReadOnlyCollection<object?>? Details { get; set; }

    /// <summary>Options of the calls.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (AsyncActivityReportCancellationOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
