using System.Runtime.Serialization;

namespace MongoDB.Bson;

/// <summary>An attribute that one member of a class may have was put on several.</summary>
[Serializable]
public class DuplicateBsonMemberMapAttributeException : BsonException
{
    public DuplicateBsonMemberMapAttributeException(string message) : base(message) { }

    public DuplicateBsonMemberMapAttributeException(string message, Exception inner) : base(message, inner) { }

    [Obsolete("Formatter-based serialization is obsolete.", DiagnosticId = "SYSLIB0051")]
    protected DuplicateBsonMemberMapAttributeException(SerializationInfo info, StreamingContext context) : base(info, context) { }
}
