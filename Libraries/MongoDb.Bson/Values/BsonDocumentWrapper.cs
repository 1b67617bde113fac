using System.Collections;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;

namespace MongoDB.Bson;

/// <summary>
/// An object of the application in the place of a document. It is written with its serializer, and becomes a document only
/// when somebody looks at its elements.
/// </summary>
public class BsonDocumentWrapper : MaterializedOnDemandBsonDocument
{
    public BsonDocumentWrapper(object value) : this(value, BsonSerializer.LookupSerializer(value?.GetType() ?? typeof(object))) { }

    public BsonDocumentWrapper(object value, IBsonSerializer serializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        Wrapped = value;
        Serializer = serializer;
    }

    public IBsonSerializer Serializer { get; }

    public object Wrapped { get; }

    public static BsonDocumentWrapper Create<TNominalType>(TNominalType value) => Create(typeof(TNominalType), value);

    public static BsonDocumentWrapper Create(Type nominalType, object value) => new(value, BsonSerializer.LookupSerializer(nominalType));

    public static IEnumerable<BsonDocumentWrapper> CreateMultiple<TNominalType>(IEnumerable<TNominalType> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Select(Create);
    }

    public static IEnumerable<BsonDocumentWrapper> CreateMultiple(Type nominalType, IEnumerable values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Cast<object>().Select(value => Create(nominalType, value));
    }

    public override BsonValue Clone() => IsMaterialized ? base.Clone() : new BsonDocumentWrapper(Wrapped, Serializer);

    protected override IEnumerable<BsonElement> Materialize()
    {
        var document = new BsonDocument();
        using var writer = new BsonDocumentWriter(document);
        Serializer.Serialize(BsonSerializationContext.CreateRoot(writer), Wrapped);
        return document.Elements;
    }

    protected override void MaterializeCompleted() { }
}
