using System.Runtime.Serialization;

namespace MongoDB.Bson;

/// <summary>A state that should not occur: a defect of this library.</summary>
[Serializable]
public class BsonInternalException : BsonException
{
    public BsonInternalException() { }

    public BsonInternalException(string message) : base(message) { }

    public BsonInternalException(string message, Exception innerException) : base(message, innerException) { }

    [Obsolete("Formatter-based serialization is obsolete.", DiagnosticId = "SYSLIB0051")]
    public BsonInternalException(SerializationInfo info, StreamingContext context) : base(info, context) { }
}
