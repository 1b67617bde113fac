namespace MongoDB.Bson.Serialization;

/// <summary>A serializer with several serializers of its parts.</summary>
public interface IMultipleChildSerializersConfigurable
{
    IBsonSerializer[] ChildSerializers { get; }

    IBsonSerializer WithChildSerializers(IBsonSerializer[] childSerializers);
}
