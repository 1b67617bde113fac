namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers of structures share.</summary>
public abstract class StructSerializerBase<TValue> : SerializerBase<TValue> where TValue : struct;
