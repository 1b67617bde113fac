namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Makes serializers of enumerations.</summary>
public static class EnumSerializer
{
    /// <exception cref="ArgumentException">Not an enumeration.</exception>
    public static IBsonSerializer Create(Type valueType)
    {
        ArgumentNullException.ThrowIfNull(valueType);
        return valueType.IsEnum ? (IBsonSerializer)Activator.CreateInstance(typeof(EnumSerializer<>).MakeGenericType(valueType))
            : throw new ArgumentException($"{valueType.FullName} is not an enumeration.", nameof(valueType));
    }
}
