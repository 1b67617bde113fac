namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>A serializer of tuples.</summary>
public interface IBsonTupleSerializer
{
    /// <summary>The serializer of an item, counted from 1.</summary>
    IBsonSerializer GetItemSerializer(int itemNumber);
}
