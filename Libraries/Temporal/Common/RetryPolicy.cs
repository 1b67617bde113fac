using Google.Protobuf.WellKnownTypes;

namespace Temporalio.Common;

/// <summary>When and how often a failed workflow or activity is tried again.</summary>
public record RetryPolicy
{
    /// <summary>Delay before the second attempt. Default one second.</summary>
    public TimeSpan InitialInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Factor by which each delay exceeds the one before. Default 2.</summary>
    public float BackoffCoefficient { get; set; } = 2;

    /// <summary>Longest delay, null for a hundred times the initial one.</summary>
    public TimeSpan? MaximumInterval { get; set; }

    /// <summary>How many attempts there may be, 0 (default) for no limit.</summary>
    public int MaximumAttempts { get; set; }

    /// <summary>Error types that are not retried.</summary>
    public IReadOnlyCollection<string>? NonRetryableErrorTypes { get; set; }

    /// <summary>Reads the wire form.</summary>
    internal static RetryPolicy FromProto(Api.Common.V1.RetryPolicy proto) => new()
    {
        InitialInterval = proto.InitialInterval?.ToTimeSpan() ?? TimeSpan.FromSeconds(1),
        BackoffCoefficient = (float)proto.BackoffCoefficient,
        MaximumInterval = proto.MaximumInterval?.ToTimeSpan(),
        MaximumAttempts = proto.MaximumAttempts,
        NonRetryableErrorTypes = proto.NonRetryableErrorTypes.Count == 0 ? null : proto.NonRetryableErrorTypes,
    };

    /// <summary>Writes the wire form.</summary>
    internal Api.Common.V1.RetryPolicy ToProto()
    {
        var proto = new Api.Common.V1.RetryPolicy
        {
            InitialInterval = Duration.FromTimeSpan(InitialInterval),
            BackoffCoefficient = BackoffCoefficient,
            MaximumInterval = MaximumInterval is { } maximum ? Duration.FromTimeSpan(maximum) : null,
            MaximumAttempts = MaximumAttempts,
        };
        proto.NonRetryableErrorTypes.Add(NonRetryableErrorTypes ?? []);
        return proto;
    }
}
