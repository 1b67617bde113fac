namespace MongoDB.Bson;

/// <summary>Subtypes of binary data, with the numbers of the specification.</summary>
public enum BsonBinarySubType
{
    Binary = 0x00,
    Function = 0x01,
    /// <summary>Binary data with a second length inside; read, and written on request only.</summary>
    [Obsolete("Use Binary instead.")]
    OldBinary = 0x02,
    /// <summary>A GUID in one of the byte orders that drivers used before the standard one.</summary>
    UuidLegacy = 0x03,
    UuidStandard = 0x04,
    MD5 = 0x05,
    Encrypted = 0x06,
    Column = 0x07,
    Sensitive = 0x08,
    Vector = 0x09,
    UserDefined = 0x80,
}
