namespace MongoDB.Bson;

/// <summary>The item type of a vector, with the numbers of the specification.</summary>
public enum BinaryVectorDataType
{
    Int8 = 0x03,
    PackedBit = 0x10,
    Float32 = 0x27,
}
