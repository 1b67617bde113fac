namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Reads one type and makes another of it.</summary>
public sealed class ProjectingDeserializer<TFrom, TTo> : SerializerBase<TTo>
{
    private readonly IBsonSerializer<TFrom> _fromSerializer;
    private readonly Func<TFrom, TTo> _projector;

    public ProjectingDeserializer(IBsonSerializer<TFrom> fromSerializer, Func<TFrom, TTo> projector)
    {
        ArgumentNullException.ThrowIfNull(fromSerializer);
        ArgumentNullException.ThrowIfNull(projector);
        _fromSerializer = fromSerializer;
        _projector = projector;
    }

    public override TTo Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) => _projector(_fromSerializer.Deserialize(context));

    public override bool Equals(object obj) =>
        base.Equals(obj) && obj is ProjectingDeserializer<TFrom, TTo> other && _fromSerializer.Equals(other._fromSerializer) && _projector.Equals(other._projector);

    public override int GetHashCode() => GetType().GetHashCode();
}
