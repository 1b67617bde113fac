using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>
/// Serializes members of type <see cref="BsonValue"/>, where null of .NET must be told from the null of BSON: it is the
/// document <c>{ _csharpnull: true }</c>.
/// </summary>
public class BsonValueCSharpNullSerializer<TBsonValue> : SerializerBase<TBsonValue> where TBsonValue : BsonValue
{
    private readonly IBsonSerializer<TBsonValue> _wrapped;

    public BsonValueCSharpNullSerializer(IBsonSerializer<TBsonValue> wrappedSerializer)
    {
        ArgumentNullException.ThrowIfNull(wrappedSerializer);
        _wrapped = wrappedSerializer;
    }

    public override TBsonValue Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var bsonType = context.Reader.GetCurrentBsonType();
        if (bsonType == BsonType.Document && TryReadNull(context.Reader))
        {
            return null;
        }
        // Older versions of applications wrote the null of BSON where its own type could not hold it.
        if (bsonType == BsonType.Null && args.NominalType != typeof(BsonValue) && args.NominalType != typeof(BsonNull))
        {
            context.Reader.ReadNull();
            return null;
        }
        return _wrapped.Deserialize(context);
    }

    public override bool Equals(object obj) => base.Equals(obj) && _wrapped.Equals(((BsonValueCSharpNullSerializer<TBsonValue>)obj)._wrapped);

    public override int GetHashCode() => HashCode.Combine(GetType(), _wrapped);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TBsonValue value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value is not null)
        {
            _wrapped.Serialize(context, value);
            return;
        }
        context.Writer.WriteStartDocument();
        context.Writer.WriteBoolean("_csharpnull", true);
        context.Writer.WriteEndDocument();
    }

    private static bool TryReadNull(IBsonReader reader)
    {
        var start = reader.GetBookmark();
        reader.ReadStartDocument();
        if (reader.ReadBsonType() == BsonType.Boolean && reader.ReadName() is "_csharpnull" or "$csharpnull" && reader.ReadBoolean() &&
            reader.ReadBsonType() == BsonType.EndOfDocument)
        {
            reader.ReadEndDocument();
            return true;
        }
        reader.ReturnToBookmark(start);
        return false;
    }
}
