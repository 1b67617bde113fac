namespace MongoDB.Bson.IO;

/// <content>Values.</content>
public partial class BsonBinaryWriter
{
    public override void WriteBinaryData(BsonBinaryData binaryData)
    {
        ArgumentNullException.ThrowIfNull(binaryData);
        RequireValueState(nameof(WriteBinaryData));
        WriteHeader(BsonType.Binary);
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
        RequireValueState(nameof(WriteBytes));
        WriteHeader(BsonType.Binary);
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
        RequireValueState(nameof(WriteRegularExpression));
        WriteHeader(BsonType.RegularExpression);
        BsonStream.WriteCString(regex.Pattern);
        BsonStream.WriteCString(regex.Options);
        EndValue();
    }

    public override void WriteBoolean(bool value)
    {
        RequireValueState(nameof(WriteBoolean));
        WriteHeader(BsonType.Boolean);
        BsonStream.WriteBoolean(value);
        EndValue();
    }

    public override void WriteDateTime(long value)
    {
        RequireValueState(nameof(WriteDateTime));
        WriteHeader(BsonType.DateTime);
        BsonStream.WriteInt64(value);
        EndValue();
    }

    public override void WriteDecimal128(Decimal128 value)
    {
        RequireValueState(nameof(WriteDecimal128));
        WriteHeader(BsonType.Decimal128);
        BsonStream.WriteDecimal128(value);
        EndValue();
    }

    public override void WriteDouble(double value)
    {
        RequireValueState(nameof(WriteDouble));
        WriteHeader(BsonType.Double);
        BsonStream.WriteDouble(value);
        EndValue();
    }

    public override void WriteInt32(int value)
    {
        RequireValueState(nameof(WriteInt32));
        WriteHeader(BsonType.Int32);
        BsonStream.WriteInt32(value);
        EndValue();
    }

    public override void WriteInt64(long value)
    {
        RequireValueState(nameof(WriteInt64));
        WriteHeader(BsonType.Int64);
        BsonStream.WriteInt64(value);
        EndValue();
    }

    public override void WriteJavaScript(string code)
    {
        RequireValueState(nameof(WriteJavaScript));
        WriteHeader(BsonType.JavaScript);
        BsonStream.WriteString(code, Settings.Encoding);
        EndValue();
    }

    public override void WriteMaxKey()
    {
        RequireValueState(nameof(WriteMaxKey));
        WriteHeader(BsonType.MaxKey);
        EndValue();
    }

    public override void WriteMinKey()
    {
        RequireValueState(nameof(WriteMinKey));
        WriteHeader(BsonType.MinKey);
        EndValue();
    }

    public override void WriteNull()
    {
        RequireValueState(nameof(WriteNull));
        WriteHeader(BsonType.Null);
        EndValue();
    }

    public override void WriteObjectId(ObjectId objectId)
    {
        RequireValueState(nameof(WriteObjectId));
        WriteHeader(BsonType.ObjectId);
        BsonStream.WriteObjectId(objectId);
        EndValue();
    }

    public override void WriteString(string value)
    {
        RequireValueState(nameof(WriteString));
        WriteHeader(BsonType.String);
        BsonStream.WriteString(value, Settings.Encoding);
        EndValue();
    }

    public override void WriteSymbol(string value)
    {
        RequireValueState(nameof(WriteSymbol));
        WriteHeader(BsonType.Symbol);
        BsonStream.WriteString(value, Settings.Encoding);
        EndValue();
    }

    public override void WriteTimestamp(long value)
    {
        RequireValueState(nameof(WriteTimestamp));
        WriteHeader(BsonType.Timestamp);
        BsonStream.WriteInt64(value);
        EndValue();
    }

    public override void WriteUndefined()
    {
        RequireValueState(nameof(WriteUndefined));
        WriteHeader(BsonType.Undefined);
        EndValue();
    }
}
