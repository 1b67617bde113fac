namespace MongoDB.Bson.Serialization.IdGenerators;

/// <summary>Makes GUIDs that ascend in the legacy byte order of .NET: the time, the machine and process, and a counter.</summary>
public class AscendingGuidGenerator : IIdGenerator
{
    private static readonly byte[] MachineAndProcess = System.Security.Cryptography.RandomNumberGenerator.GetBytes(5);
    private static int _counter;

    public static AscendingGuidGenerator Instance { get; } = new();

    public object GenerateId(object container, object document) => GenerateId(TimeProvider.System.GetUtcNow().Ticks, MachineAndProcess, Interlocked.Increment(ref _counter) & 0xff_ffff);

    /// <param name="tickCount">The time.</param>
    /// <param name="machineProcessId">Five bytes.</param>
    /// <param name="increment">A number of 24 bits.</param>
    public object GenerateId(long tickCount, byte[] machineProcessId, int increment)
    {
        ArgumentNullException.ThrowIfNull(machineProcessId);
        var tail = new byte[8];
        machineProcessId.AsSpan(0, 5).CopyTo(tail);
        tail[5] = (byte)(increment >> 16);
        tail[6] = (byte)(increment >> 8);
        tail[7] = (byte)increment;
        return new Guid((int)(tickCount >> 32), (short)(tickCount >> 16), (short)tickCount, tail);
    }

    public bool IsEmpty(object id) => id == null || (Guid)id == Guid.Empty;
}
