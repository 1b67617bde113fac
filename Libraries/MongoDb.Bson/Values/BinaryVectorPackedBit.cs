namespace MongoDB.Bson;

/// <summary>A vector of bits, eight to a byte, the most significant first.</summary>
public sealed class BinaryVectorPackedBit : BinaryVector<byte>
{
    /// <param name="data">The bits.</param>
    /// <param name="padding">How many of the last byte's low bits do not count: 0 to 7.</param>
    public BinaryVectorPackedBit(ReadOnlyMemory<byte> data, byte padding) : base(data, BinaryVectorDataType.PackedBit)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(padding, (byte)7);
        if (padding > 0 && data.IsEmpty)
        {
            throw new ArgumentException("An empty vector has no padding.", nameof(padding));
        }
        Padding = padding;
    }

    public byte Padding { get; }
}
