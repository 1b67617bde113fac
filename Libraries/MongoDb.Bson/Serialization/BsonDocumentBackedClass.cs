namespace MongoDB.Bson.Serialization;

/// <summary>A class whose members are kept in a document.</summary>
public abstract class BsonDocumentBackedClass
{
    private readonly IBsonDocumentSerializer _serializer;

    protected BsonDocumentBackedClass(IBsonDocumentSerializer serializer) : this([], serializer) { }

    protected BsonDocumentBackedClass(BsonDocument backingDocument, IBsonDocumentSerializer serializer)
    {
        ArgumentNullException.ThrowIfNull(backingDocument);
        ArgumentNullException.ThrowIfNull(serializer);
        BackingDocument = backingDocument;
        _serializer = serializer;
    }

    protected BsonDocument BackingDocument { get; }

    /// <summary>The same for the serializer, which is in this assembly.</summary>
    internal BsonDocument Document => BackingDocument;

    /// <exception cref="KeyNotFoundException">The document does not have the element.</exception>
    protected T GetValue<T>(string memberName)
    {
        var info = FindMember(memberName);
        return BackingDocument.TryGetValue(info.ElementName, out var value) ? (T)info.DeserializeValue(value)
            : throw new KeyNotFoundException($"The document has no element '{info.ElementName}' for the member {memberName}.");
    }

    protected T GetValue<T>(string memberName, T defaultValue)
    {
        var info = FindMember(memberName);
        return BackingDocument.TryGetValue(info.ElementName, out var value) ? (T)info.DeserializeValue(value) : defaultValue;
    }

    protected void SetValue(string memberName, object value)
    {
        var info = FindMember(memberName);
        BackingDocument.Set(info.ElementName, info.SerializeValue(value));
    }

    private BsonSerializationInfo FindMember(string memberName) => _serializer.TryGetMemberSerializationInfo(memberName, out var info) ? info
        : throw new ArgumentException($"{GetType().Name} has no member {memberName}.", nameof(memberName));
}
