namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Makes serializers of tuples by their number of items.</summary>
internal static class TupleItems
{
    public static IBsonSerializer Create(IEnumerable<IBsonSerializer> itemSerializers, Type[] definitions)
    {
        ArgumentNullException.ThrowIfNull(itemSerializers);
        object[] items = [.. itemSerializers];
        if (items.Length == 0 || items.Length > definitions.Length)
        {
            throw new ArgumentException($"A tuple has 1 to 8 items, not {items.Length}.", nameof(itemSerializers));
        }
        var types = items.Select(item => ((IBsonSerializer)item).ValueType).ToArray();
        return (IBsonSerializer)Activator.CreateInstance(definitions[items.Length - 1].MakeGenericType(types), items);
    }
}
