using System.Buffers.Binary;

namespace MongoDB.Bson.Serialization.IdGenerators;

/// <summary>Makes GUIDs whose last six bytes are the time, so that SQL Server sorts them by it.</summary>
public class CombGuidGenerator : IIdGenerator
{
    public static CombGuidGenerator Instance { get; } = new();

    public object GenerateId(object container, object document) => NewCombGuid(Guid.NewGuid(), TimeProvider.System.GetUtcNow().UtcDateTime);

    /// <summary>Puts days since 1900, and the time of day in units of 1/300 s, at the end of a GUID.</summary>
    public Guid NewCombGuid(Guid guid, DateTime timestamp)
    {
        var sinceStart = timestamp - new DateTime(1900, 1, 1, 0, 0, 0, timestamp.Kind);
        Span<byte> bytes = stackalloc byte[16];
        Span<byte> ticks = stackalloc byte[4];
        guid.TryWriteBytes(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[10..], (ushort)sinceStart.Days);
        BinaryPrimitives.WriteInt32BigEndian(ticks, (int)(timestamp.TimeOfDay.TotalSeconds * 300));
        ticks.CopyTo(bytes[12..]);
        return new Guid(bytes);
    }

    public bool IsEmpty(object id) => id == null || (Guid)id == Guid.Empty;
}
