using System.Globalization;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Makes serializers of tuples.</summary>
public static class TupleSerializer
{
    public static IBsonSerializer Create(IEnumerable<IBsonSerializer> itemSerializers) =>
        TupleItems.Create(itemSerializers, [typeof(TupleSerializer<>), typeof(TupleSerializer<,>), typeof(TupleSerializer<,,>), typeof(TupleSerializer<,,,>),
            typeof(TupleSerializer<,,,,>), typeof(TupleSerializer<,,,,,>), typeof(TupleSerializer<,,,,,,>), typeof(TupleSerializer<,,,,,,,>)]);

    /// <summary>The number of an item from its name: 1 for Item1, and 8 for Rest.</summary>
    public static bool TryParseItemName(string itemName, out int itemNumber)
    {
        ArgumentNullException.ThrowIfNull(itemName);
        itemNumber = itemName == "Rest" ? 8 : 0;
        return itemNumber == 8 || (itemName.StartsWith("Item", StringComparison.Ordinal) &&
            int.TryParse(itemName.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out itemNumber) && itemNumber is >= 1 and <= 7);
    }
}
