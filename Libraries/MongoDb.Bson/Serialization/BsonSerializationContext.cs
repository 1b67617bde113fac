using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization;

/// <summary>What all serializers that write one document share.</summary>
public class BsonSerializationContext
{
    // Those that a reader makes where there is no discriminator.
    private static readonly Func<Type, bool> DynamicTypes = type =>
        type == BsonDefaults.DynamicArraySerializer.ValueType || type == BsonDefaults.DynamicDocumentSerializer.ValueType;

    private BsonSerializationContext(IBsonWriter writer, Func<Type, bool> isDynamicType)
    {
        Writer = writer;
        IsDynamicType = isDynamicType ?? DynamicTypes;
    }

    /// <summary>Whether values of a type are written without discriminators where the declared type is object.</summary>
    public Func<Type, bool> IsDynamicType { get; }

    public IBsonWriter Writer { get; }

    public static BsonSerializationContext CreateRoot(IBsonWriter writer, Action<Builder> configurator = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return configurator == null ? new BsonSerializationContext(writer, null) : Build(new Builder(null, writer), configurator);
    }

    /// <summary>A context with changes.</summary>
    public BsonSerializationContext With(Action<Builder> configurator = null) => Build(new Builder(this, Writer), configurator);

    private static BsonSerializationContext Build(Builder builder, Action<Builder> configurator)
    {
        configurator?.Invoke(builder);
        return new BsonSerializationContext(builder.Writer, builder.IsDynamicType);
    }

    /// <summary>Changes of a context.</summary>
    public class Builder
    {
        internal Builder(BsonSerializationContext other, IBsonWriter writer)
        {
            Writer = writer;
            IsDynamicType = other?.IsDynamicType;
        }

        public Func<Type, bool> IsDynamicType { get; set; }

        public IBsonWriter Writer { get; }
    }
}
