using System.Dynamic;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson;

/// <summary>Defaults of the process. Set them before the first use of a reader, writer or serializer.</summary>
public static class BsonDefaults
{
    private static IBsonSerializer _dynamicArraySerializer;
    private static IBsonSerializer _dynamicDocumentSerializer;

    /// <summary>Reads arrays of values whose type is only known as object.</summary>
    public static IBsonSerializer DynamicArraySerializer
    {
        get => _dynamicArraySerializer ??= BsonSerializer.LookupSerializer<List<object>>();
        set => _dynamicArraySerializer = value;
    }

    /// <summary>Reads documents of values whose type is only known as object.</summary>
    public static IBsonSerializer DynamicDocumentSerializer
    {
        get => _dynamicDocumentSerializer ??= BsonSerializer.LookupSerializer<ExpandoObject>();
        set => _dynamicDocumentSerializer = value;
    }

    /// <summary>Bytes; unlimited by default, since the driver sets the server's limit on its own readers and writers.</summary>
    public static int MaxDocumentSize { get; set; } = int.MaxValue;

    /// <summary>Levels of nested documents and arrays that a writer accepts.</summary>
    public static int MaxSerializationDepth { get; set; } = 100;
}
