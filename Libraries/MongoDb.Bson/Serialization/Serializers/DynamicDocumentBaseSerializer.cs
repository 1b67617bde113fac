using System.Dynamic;
using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers of dynamic objects share.</summary>
public abstract class DynamicDocumentBaseSerializer<T> : SerializerBase<T> where T : class, IDynamicMetaObjectProvider
{
    private static readonly IBsonSerializer<object> ObjectSerializer = BsonSerializer.LookupSerializer<object>();

    public override T Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        EnsureBsonTypeEquals(reader, BsonType.Document);
        var dynamicContext = context.With(ConfigureDeserializationContext);
        var document = CreateDocument();
        reader.ReadStartDocument();
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            var name = reader.ReadName(Utf8NameDecoder.Instance);
            SetValueForMember(document, name, ObjectSerializer.Deserialize(dynamicContext));
        }
        reader.ReadEndDocument();
        return document;
    }

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, T value)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(value);
        var metaObject = value.GetMetaObject(System.Linq.Expressions.Expression.Constant(value));
        var dynamicContext = context.With(ConfigureSerializationContext);
        context.Writer.WriteStartDocument();
        foreach (var name in metaObject.GetDynamicMemberNames())
        {
            if (TryGetValueForMember(value, name, out var member))
            {
                context.Writer.WriteName(name);
                ObjectSerializer.Serialize(dynamicContext, member);
            }
        }
        context.Writer.WriteEndDocument();
    }

    protected abstract void ConfigureDeserializationContext(BsonDeserializationContext.Builder builder);

    protected abstract void ConfigureSerializationContext(BsonSerializationContext.Builder builder);

    protected abstract T CreateDocument();

    protected abstract void SetValueForMember(T document, string memberName, object value);

    protected abstract bool TryGetValueForMember(T document, string memberName, out object value);
}
