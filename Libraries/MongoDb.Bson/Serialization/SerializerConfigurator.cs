namespace MongoDB.Bson.Serialization;

/// <summary>Changes serializers deep inside of others.</summary>
internal static class SerializerConfigurator
{
    /// <summary>
    /// Applies a change to a serializer, or to those of its parts, and returns the changed serializer; null where there was
    /// nothing to change.
    /// </summary>
    public static IBsonSerializer Reconfigure(IBsonSerializer serializer, Func<IBsonSerializer, IBsonSerializer> change)
    {
        if (change(serializer) is { } changed)
        {
            return changed;
        }
        switch (serializer)
        {
            case IMultipleChildSerializersConfigurable multiple:
                var children = multiple.ChildSerializers;
                var newChildren = children.Select(child => Reconfigure(child, change) ?? child).ToArray();
                return children.SequenceEqual(newChildren, ReferenceEqualityComparer.Instance) ? null : multiple.WithChildSerializers(newChildren);
            case IChildSerializerConfigurable single:
                return Reconfigure(single.ChildSerializer, change) is { } newChild ? single.WithChildSerializer(newChild) : null;
            default:
                return null;
        }
    }
}
