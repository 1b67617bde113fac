namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>A serializer of interfaces with one implementation.</summary>
public interface IImpliedImplementationInterfaceSerializer
{
    IBsonSerializer ImplementationSerializer { get; }
}
