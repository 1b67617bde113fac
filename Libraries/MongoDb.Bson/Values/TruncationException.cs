using System.Runtime.Serialization;

namespace MongoDB.Bson;

/// <summary>A conversion that would have lost digits and was not allowed to.</summary>
[Serializable]
public class TruncationException : BsonException
{
    public TruncationException() { }

    public TruncationException(string message) : base(message) { }

    public TruncationException(string message, Exception innerException) : base(message, innerException) { }

    [Obsolete("Formatter-based serialization is obsolete.", DiagnosticId = "SYSLIB0051")]
    public TruncationException(SerializationInfo info, StreamingContext context) : base(info, context) { }
}
