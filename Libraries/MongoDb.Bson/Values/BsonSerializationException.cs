using System.Runtime.Serialization;

namespace MongoDB.Bson;

/// <summary>A value or document that cannot be mapped, written or read.</summary>
[Serializable]
public class BsonSerializationException : BsonException
{
    public BsonSerializationException() { }

    public BsonSerializationException(string message) : base(message) { }

    public BsonSerializationException(string message, Exception innerException) : base(message, innerException) { }

    [Obsolete("Formatter-based serialization is obsolete.", DiagnosticId = "SYSLIB0051")]
    public BsonSerializationException(SerializationInfo info, StreamingContext context) : base(info, context) { }
}
