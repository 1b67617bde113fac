namespace MongoDB.Bson;

/// <summary>Converts between <see cref="Guid"/> and the bytes of each representation.</summary>
public static class GuidConverter
{
    /// <exception cref="ArgumentException">Not 16 bytes.</exception>
    /// <exception cref="InvalidOperationException">The representation is unspecified.</exception>
    public static Guid FromBytes(byte[] bytes, GuidRepresentation representation)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return FromBytes(bytes.AsSpan(), representation);
    }

    public static BsonBinarySubType GetSubType(GuidRepresentation guidRepresentation) => guidRepresentation switch
    {
        GuidRepresentation.Standard => BsonBinarySubType.UuidStandard,
        GuidRepresentation.CSharpLegacy or GuidRepresentation.JavaLegacy or GuidRepresentation.PythonLegacy => BsonBinarySubType.UuidLegacy,
        _ => throw Invalid(guidRepresentation),
    };

    public static byte[] ToBytes(Guid guid, GuidRepresentation guidRepresentation)
    {
        var bytes = new byte[16];
        WriteBytes(guid, guidRepresentation, bytes);
        return bytes;
    }

    internal static Guid FromBytes(ReadOnlySpan<byte> bytes, GuidRepresentation representation)
    {
        if (bytes.Length != 16)
        {
            throw new ArgumentException($"A GUID has 16 bytes, not {bytes.Length}.", nameof(bytes));
        }
        switch (representation)
        {
            case GuidRepresentation.Standard or GuidRepresentation.PythonLegacy:
                return new Guid(bytes, bigEndian: true);
            case GuidRepresentation.CSharpLegacy:
                return new Guid(bytes);
            case GuidRepresentation.JavaLegacy:
                Span<byte> swapped = stackalloc byte[16];
                bytes.CopyTo(swapped);
                swapped[..8].Reverse();
                swapped[8..].Reverse();
                return new Guid(swapped, bigEndian: true);
            default:
                throw Invalid(representation);
        }
    }

    internal static void WriteBytes(Guid guid, GuidRepresentation representation, Span<byte> destination)
    {
        switch (representation)
        {
            case GuidRepresentation.Standard or GuidRepresentation.PythonLegacy:
                guid.TryWriteBytes(destination, bigEndian: true, out _);
                break;
            case GuidRepresentation.CSharpLegacy:
                guid.TryWriteBytes(destination);
                break;
            case GuidRepresentation.JavaLegacy:
                guid.TryWriteBytes(destination, bigEndian: true, out _);
                destination[..8].Reverse();
                destination[8..16].Reverse();
                break;
            default:
                throw Invalid(representation);
        }
    }

    private static InvalidOperationException Invalid(GuidRepresentation representation) => new(
        $"A GUID cannot be converted with GuidRepresentation.{representation}; choose one, for example with BsonGuidRepresentation or a GuidSerializer.");
}
