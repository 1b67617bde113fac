using System.Runtime.Serialization;

namespace MongoDB.Bson;

/// <summary>The root of this library's exceptions.</summary>
[Serializable]
public class BsonException : Exception
{
    public BsonException() { }

    public BsonException(string message) : base(message) { }

    public BsonException(string message, Exception innerException) : base(message, innerException) { }

    public BsonException(string format, params object[] args)
        : base(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args)) { }

    [Obsolete("Formatter-based serialization is obsolete.", DiagnosticId = "SYSLIB0051")]
    public BsonException(SerializationInfo info, StreamingContext context) : base(info, context) { }
}
