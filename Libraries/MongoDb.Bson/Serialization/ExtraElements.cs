using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization;

/// <summary>The member that keeps the elements which no other member has: a document or a dictionary.</summary>
internal sealed class ExtraElements<TClass>(BsonMemberMap map)
{
    public void Write(BsonSerializationContext context, TClass obj)
    {
        switch (map.Getter(obj))
        {
            case BsonDocument document:
                foreach (var element in document)
                {
                    context.Writer.WriteName(element.Name);
                    BsonValueSerializer.Instance.Serialize(context, element.Value);
                }
                break;
            case IDictionary<string, object> dictionary:
                foreach (var (name, value) in dictionary)
                {
                    context.Writer.WriteName(name);
                    BsonValueSerializer.Instance.Serialize(context, BsonTypeMapper.MapToBsonValue(value));
                }
                break;
        }
    }

    public void Read(BsonDeserializationContext context, string name, ref TClass obj) =>
        Set(ref obj, name, BsonValueSerializer.Instance.Deserialize(context));

    /// <summary>An element that happens to have the name of the member.</summary>
    public void ReadAsMember(BsonDeserializationContext context, ref TClass obj) => Read(context, map.ElementName, ref obj);

    public void Add(ref TClass obj, BsonDocument elements)
    {
        foreach (var element in elements)
        {
            Set(ref obj, element.Name, element.Value);
        }
    }

    private void Set(ref TClass obj, string name, BsonValue value)
    {
        object boxed = obj;
        var container = map.Getter(boxed);
        if (container == null)
        {
            container = map.MemberType == typeof(BsonDocument) ? new BsonDocument()
                : map.MemberType.IsInterface ? new Dictionary<string, object>()
                : Activator.CreateInstance(map.MemberType);
            map.Setter(boxed, container);
            obj = (TClass)boxed;
        }
        if (container is BsonDocument document)
        {
            document.Set(name, value);
            return;
        }
        ((IDictionary<string, object>)container)[name] = BsonTypeMapper.MapToDotNetValue(value);
    }
}
