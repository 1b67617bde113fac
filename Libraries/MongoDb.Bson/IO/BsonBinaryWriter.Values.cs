namespace MongoDB.Bson.IO;

/// <content>Values.</content>
public partial class BsonBinaryWriter
{
    public override void WriteBinaryData(BsonBinaryData binaryData)
    {
        ArgumentNullException.ThrowIfNull(binaryData);
        StartValue(nameof(WriteBinaryData), BsonType.Binary);
#pragma warning disable CS0618 // old documents hold this subtype
        var isOld = binaryData.SubType == BsonBinarySubType.OldBinary;
#pragma warning restore CS0618
        if (isOld && !Settings.FixOldBinarySubTypeOnOutput)
        {
            BsonStream.WriteInt32(binaryData.Bytes.Length + 4);
            BsonStream.WriteBinarySubType(binaryData.SubType);
            BsonStream.WriteInt32(binaryData.Bytes.Length);
        }
        else
        {
            BsonStream.WriteInt32(binaryData.Bytes.Length);
            BsonStream.WriteBinarySubType(isOld ? BsonBinarySubType.Binary : binaryData.SubType);
        }
        BsonStream.Write(binaryData.Bytes);
        EndValue();
    }

    public override void WriteBytes(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        StartValue(nameof(WriteBytes), BsonType.Binary);
        BsonStream.WriteInt32(bytes.Length);
        BsonStream.WriteBinarySubType(BsonBinarySubType.Binary);
        BsonStream.Write(bytes);
        EndValue();
    }

    public override void WriteGuid(Guid value, GuidRepresentation guidRepresentation)
    {
        RequireValueState(nameof(WriteGuid));
        Span<byte> bytes = stackalloc byte[16];
        GuidConverter.WriteBytes(value, guidRepresentation, bytes);
        WriteHeader(BsonType.Binary);
        BsonStream.WriteInt32(16);
        BsonStream.WriteBinarySubType(GuidConverter.GetSubType(guidRepresentation));
        BsonStream.Write(bytes);
        EndValue();
    }

    public override void WriteRegularExpression(BsonRegularExpression regex)
    {
        ArgumentNullException.ThrowIfNull(regex);
        StartValue(nameof(WriteRegularExpression), BsonType.RegularExpression);
        BsonStream.WriteCString(regex.Pattern);
        BsonStream.WriteCString(regex.Options);
        EndValue();
    }

    public override void WriteBoolean(bool value)
    {
        StartValue(nameof(WriteBoolean), BsonType.Boolean);
        BsonStream.WriteBoolean(value);
        EndValue();
    }

    public override void WriteDateTime(long value) => WriteInt64(nameof(WriteDateTime), BsonType.DateTime, value);

    public override void WriteDecimal128(Decimal128 value)
    {
        StartValue(nameof(WriteDecimal128), BsonType.Decimal128);
        BsonStream.WriteDecimal128(value);
        EndValue();
    }

    public override void WriteDouble(double value)
    {
        StartValue(nameof(WriteDouble), BsonType.Double);
        BsonStream.WriteDouble(value);
        EndValue();
    }

    public override void WriteInt32(int value)
    {
        StartValue(nameof(WriteInt32), BsonType.Int32);
        BsonStream.WriteInt32(value);
        EndValue();
    }

    public override void WriteInt64(long value) => WriteInt64(nameof(WriteInt64), BsonType.Int64, value);

    public override void WriteJavaScript(string code) => WriteText(nameof(WriteJavaScript), BsonType.JavaScript, code);

    public override void WriteMaxKey() => WriteMarker(nameof(WriteMaxKey), BsonType.MaxKey);

    public override void WriteMinKey() => WriteMarker(nameof(WriteMinKey), BsonType.MinKey);

    public override void WriteNull() => WriteMarker(nameof(WriteNull), BsonType.Null);

    public override void WriteObjectId(ObjectId objectId)
    {
        StartValue(nameof(WriteObjectId), BsonType.ObjectId);
        BsonStream.WriteObjectId(objectId);
        EndValue();
    }

    public override void WriteString(string value) => WriteText(nameof(WriteString), BsonType.String, value);

    public override void WriteSymbol(string value) => WriteText(nameof(WriteSymbol), BsonType.Symbol, value);

    public override void WriteTimestamp(long value) => WriteInt64(nameof(WriteTimestamp), BsonType.Timestamp, value);

    public override void WriteUndefined() => WriteMarker(nameof(WriteUndefined), BsonType.Undefined);

    private void StartValue(string methodName, BsonType type)
    {
        RequireValueState(methodName);
        WriteHeader(type);
    }

    private void WriteMarker(string methodName, BsonType type)
    {
        StartValue(methodName, type);
        EndValue();
    }

    private void WriteInt64(string methodName, BsonType type, long value)
    {
        StartValue(methodName, type);
        BsonStream.WriteInt64(value);
        EndValue();
    }

    private void WriteText(string methodName, BsonType type, string value)
    {
        StartValue(methodName, type);
        BsonStream.WriteString(value, Settings.Encoding);
        EndValue();
    }
}
