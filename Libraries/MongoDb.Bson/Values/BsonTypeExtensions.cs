namespace MongoDB.Bson;

/// <summary>Names of types in the query language.</summary>
public static class BsonTypeExtensions
{
    /// <summary>The alias that $type and $jsonSchema use.</summary>
    public static string ToServerString(this BsonType type) => type switch
    {
        BsonType.Array => "array",
        BsonType.Binary => "binData",
        BsonType.Boolean => "bool",
        BsonType.DateTime => "date",
        BsonType.Decimal128 => "decimal",
        BsonType.Document => "object",
        BsonType.Double => "double",
        BsonType.Int32 => "int",
        BsonType.Int64 => "long",
        BsonType.JavaScript => "javascript",
        BsonType.JavaScriptWithScope => "javascriptWithScope",
        BsonType.MaxKey => "maxKey",
        BsonType.MinKey => "minKey",
        BsonType.Null => "null",
        BsonType.ObjectId => "objectId",
        BsonType.RegularExpression => "regex",
        BsonType.String => "string",
        BsonType.Symbol => "symbol",
        BsonType.Timestamp => "timestamp",
        BsonType.Undefined => "undefined",
        _ => throw new ArgumentException($"The server has no name for the type {type}.", nameof(type)),
    };
}
