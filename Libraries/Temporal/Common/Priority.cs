namespace Temporalio.Common;

/// <summary>Order in which a task queue hands out tasks.</summary>
public sealed record Priority
{
    /// <summary>Creates a priority.</summary>
    /// <param name="priorityKey">From 1 (first) upwards, null for the server's default.</param>
    /// <param name="fairnessKey">Group among which tasks of equal priority are shared out.</param>
    /// <param name="fairnessWeight">The group's weight, 0.001 to 1000.</param>
    public Priority(int? priorityKey = null, string? fairnessKey = null, float? fairnessWeight = null)
    {
        PriorityKey = priorityKey;
        FairnessKey = fairnessKey;
        FairnessWeight = fairnessWeight;
    }

    /// <summary>The server's default.</summary>
    public static Priority Default { get; } = new();

    /// <summary>From 1 (first) upwards, null for the server's default.</summary>
    public int? PriorityKey { get; init; }

    /// <summary>Group among which tasks of equal priority are shared out.</summary>
    public string? FairnessKey { get; init; }

    /// <summary>The group's weight, 0.001 to 1000.</summary>
    public float? FairnessWeight { get; init; }

    /// <summary>Reads the wire form.</summary>
    internal static Priority FromProto(Api.Common.V1.Priority? proto) => proto == null
        ? Default
        : new(
            proto.PriorityKey == 0 ? null : proto.PriorityKey,
            proto.FairnessKey.Length == 0 ? null : proto.FairnessKey,
            proto.FairnessWeight == 0 ? null : proto.FairnessWeight);

    /// <summary>Writes the wire form.</summary>
    internal Api.Common.V1.Priority ToProto() => new()
    {
        PriorityKey = PriorityKey ?? 0,
        FairnessKey = FairnessKey ?? "",
        FairnessWeight = FairnessWeight ?? 0,
    };
}
