namespace MongoDB.Bson;

/// <summary>Types of BSON values, with the numbers of the specification (https://bsonspec.org).</summary>
public enum BsonType
{
    /// <summary>Not a type: the byte that ends a document or an array.</summary>
    EndOfDocument = 0x00,
    Double = 0x01,
    String = 0x02,
    Document = 0x03,
    Array = 0x04,
    Binary = 0x05,
    /// <summary>Deprecated by the specification; still read and written.</summary>
    Undefined = 0x06,
    ObjectId = 0x07,
    Boolean = 0x08,
    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    DateTime = 0x09,
    Null = 0x0a,
    RegularExpression = 0x0b,
    JavaScript = 0x0d,
    /// <summary>Deprecated by the specification; still read and written.</summary>
    Symbol = 0x0e,
    /// <summary>Deprecated by the specification; still read and written.</summary>
    JavaScriptWithScope = 0x0f,
    Int32 = 0x10,
    /// <summary>Internal type of the server: seconds and a counter.</summary>
    Timestamp = 0x11,
    Int64 = 0x12,
    Decimal128 = 0x13,
    /// <summary>Sorts before every other value.</summary>
    MinKey = 0xff,
    /// <summary>Sorts after every other value.</summary>
    MaxKey = 0x7f,
}
