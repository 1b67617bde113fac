namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes abstract classes by the serializers of their subclasses.</summary>
public class AbstractClassSerializer<TClass> : ClassSerializerBase<TClass> where TClass : class;
