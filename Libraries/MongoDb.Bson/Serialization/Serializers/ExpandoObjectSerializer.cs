using System.Dynamic;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ExpandoObject"/>; nested documents are read as such, too, and arrays as lists.</summary>
public sealed class ExpandoObjectSerializer : DynamicDocumentBaseSerializer<ExpandoObject>
{
    private readonly IBsonSerializer<List<object>> _listSerializer = BsonSerializer.LookupSerializer<List<object>>();

    protected override void ConfigureDeserializationContext(BsonDeserializationContext.Builder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.DynamicDocumentSerializer = this;
        builder.DynamicArraySerializer = _listSerializer;
    }

    protected override void ConfigureSerializationContext(BsonSerializationContext.Builder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.IsDynamicType = type => type == typeof(ExpandoObject) || type == typeof(List<object>);
    }

    protected override ExpandoObject CreateDocument() => new();

    protected override void SetValueForMember(ExpandoObject document, string memberName, object value) =>
        ((IDictionary<string, object>)document)[memberName] = value;

    protected override bool TryGetValueForMember(ExpandoObject value, string memberName, out object memberValue) =>
        ((IDictionary<string, object>)value).TryGetValue(memberName, out memberValue);
}
