namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What the serializers of tuples share.</summary>
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

    public static ArgumentOutOfRangeException NoSuchItem(int itemNumber) => new(nameof(itemNumber), $"The tuple has no item {itemNumber}.");

    public static void ReadEnd(IO.IBsonReader reader)
    {
        if (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            throw new FormatException("The array has more items than the tuple.");
        }
        reader.ReadEndArray();
    }
}
