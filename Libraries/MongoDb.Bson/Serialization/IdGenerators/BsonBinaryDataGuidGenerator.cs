namespace MongoDB.Bson.Serialization.IdGenerators;

/// <summary>Makes random GUIDs as values of BSON.</summary>
public class BsonBinaryDataGuidGenerator : IIdGenerator
{
    public BsonBinaryDataGuidGenerator(GuidRepresentation guidRepresentation) => GuidRepresentation = guidRepresentation;

    public static BsonBinaryDataGuidGenerator CSharpLegacyInstance { get; } = new(GuidRepresentation.CSharpLegacy);

    public static BsonBinaryDataGuidGenerator JavaLegacyInstance { get; } = new(GuidRepresentation.JavaLegacy);

    public static BsonBinaryDataGuidGenerator PythonLegacyInstance { get; } = new(GuidRepresentation.PythonLegacy);

    public static BsonBinaryDataGuidGenerator StandardInstance { get; } = new(GuidRepresentation.Standard);

    /// <summary>Makes GUIDs of no known representation, that is, none. The name is that of the official API.</summary>
    public static BsonBinaryDataGuidGenerator UnspecifedInstance { get; } = new(GuidRepresentation.Unspecified);

    public GuidRepresentation GuidRepresentation { get; }

    public static BsonBinaryDataGuidGenerator GetInstance(GuidRepresentation guidRepresentation) => guidRepresentation switch
    {
        GuidRepresentation.CSharpLegacy => CSharpLegacyInstance,
        GuidRepresentation.JavaLegacy => JavaLegacyInstance,
        GuidRepresentation.PythonLegacy => PythonLegacyInstance,
        GuidRepresentation.Standard => StandardInstance,
        GuidRepresentation.Unspecified => UnspecifedInstance,
        _ => throw new ArgumentOutOfRangeException(nameof(guidRepresentation)),
    };

    public object GenerateId(object container, object document) => new BsonBinaryData(Guid.NewGuid(), GuidRepresentation);

    public bool IsEmpty(object id) => id is null or BsonNull || (id is BsonBinaryData binary && !binary.Bytes.AsSpan().ContainsAnyExcept((byte)0));
}
