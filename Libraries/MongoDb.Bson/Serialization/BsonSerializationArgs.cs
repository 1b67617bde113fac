namespace MongoDB.Bson.Serialization;

/// <summary>What a caller tells a serializer that writes.</summary>
public struct BsonSerializationArgs
{
    public BsonSerializationArgs(Type nominalType, bool serializeAsNominalType, bool serializeIdFirst)
    {
        NominalType = nominalType;
        SerializeAsNominalType = serializeAsNominalType;
        SerializeIdFirst = serializeIdFirst;
    }

    /// <summary>The declared type, of which the value may be a subtype.</summary>
    public Type NominalType { get; set; }

    /// <summary>Writes only what the declared type has.</summary>
    public bool SerializeAsNominalType { get; set; }

    public bool SerializeIdFirst { get; set; }

    internal void SetOrValidateNominalType(Type nominalType, string parameterName)
    {
        NominalType ??= nominalType;
        if (NominalType != nominalType)
        {
            throw new ArgumentException($"args.NominalType is {NominalType.FullName}, not {nominalType?.FullName}.", parameterName);
        }
    }
}
