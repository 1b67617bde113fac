using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization;

/// <summary>What all serializers that read one document share.</summary>
public class BsonDeserializationContext
{
    private BsonDeserializationContext(Builder builder)
    {
        Reader = builder.Reader;
        AllowDuplicateElementNames = builder.AllowDuplicateElementNames;
        DynamicArraySerializer = builder.DynamicArraySerializer;
        DynamicDocumentSerializer = builder.DynamicDocumentSerializer;
    }

    private BsonDeserializationContext(IBsonReader reader) => Reader = reader;

    public bool AllowDuplicateElementNames { get; }

    public IBsonSerializer DynamicArraySerializer => field ?? BsonDefaults.DynamicArraySerializer;

    public IBsonSerializer DynamicDocumentSerializer => field ?? BsonDefaults.DynamicDocumentSerializer;

    public IBsonReader Reader { get; }

    public static BsonDeserializationContext CreateRoot(IBsonReader reader, Action<Builder> configurator = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return configurator == null ? new BsonDeserializationContext(reader) : Build(new Builder(null, reader), configurator);
    }

    /// <summary>A context with changes.</summary>
    public BsonDeserializationContext With(Action<Builder> configurator = null) =>
        configurator == null ? this : Build(new Builder(this, Reader), configurator);

    private static BsonDeserializationContext Build(Builder builder, Action<Builder> configurator)
    {
        configurator(builder);
        return new BsonDeserializationContext(builder);
    }

    /// <summary>Changes of a context.</summary>
    public class Builder
    {
        internal Builder(BsonDeserializationContext other, IBsonReader reader)
        {
            Reader = reader;
            if (other != null)
            {
                AllowDuplicateElementNames = other.AllowDuplicateElementNames;
                DynamicArraySerializer = other.DynamicArraySerializer;
                DynamicDocumentSerializer = other.DynamicDocumentSerializer;
            }
        }

        public bool AllowDuplicateElementNames { get; set; }

        public IBsonSerializer DynamicArraySerializer { get; set; }

        public IBsonSerializer DynamicDocumentSerializer { get; set; }

        public IBsonReader Reader { get; }
    }
}
