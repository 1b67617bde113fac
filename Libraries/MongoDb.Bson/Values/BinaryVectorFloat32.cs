namespace MongoDB.Bson;

/// <summary>A vector of 32-bit floating-point numbers.</summary>
public sealed class BinaryVectorFloat32 : BinaryVector<float>
{
    public BinaryVectorFloat32(ReadOnlyMemory<float> data) : base(data, BinaryVectorDataType.Float32) { }
}
