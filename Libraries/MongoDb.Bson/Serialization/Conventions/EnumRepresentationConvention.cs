namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Stores enumerations as numbers or text.</summary>
public class EnumRepresentationConvention : ConventionBase, IMemberMapConvention
{
    public EnumRepresentationConvention(BsonType representation) : this(representation, topLevelOnly: true) { }

    /// <param name="representation">A number, text, or 0 for the number that fits the enumeration.</param>
    /// <param name="topLevelOnly">Whether enumerations in collections are left alone.</param>
    public EnumRepresentationConvention(BsonType representation, bool topLevelOnly)
    {
        Representation = representation is 0 or BsonType.Int32 or BsonType.Int64 or BsonType.String
            ? representation
            : throw new ArgumentException($"An enumeration cannot be represented as {representation}.", nameof(representation));
        TopLevelOnly = topLevelOnly;
    }

    public BsonType Representation { get; }

    public bool TopLevelOnly { get; }

    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        var serializer = memberMap.GetSerializer();
        if (TopLevelOnly && !IsEnumOrNullable(memberMap.MemberType))
        {
            return;
        }
        if (SerializerConfigurator.Reconfigure(serializer, candidate => candidate.ValueType.IsEnum
                ? (candidate as IRepresentationConfigurable)?.WithRepresentation(Representation)
                : null) is { } configured)
        {
            memberMap.SetSerializer(configured);
        }
    }

    private static bool IsEnumOrNullable(Type type) => (Nullable.GetUnderlyingType(type) ?? type).IsEnum;
}
