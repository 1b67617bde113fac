namespace MongoDB.Bson.IO;

/// <content>Values.</content>
public partial class JsonReader
{
    public override byte[] ReadBytes()
    {
        var binary = ReadBinaryData();
#pragma warning disable CS0618 // old documents hold this subtype
        return binary.SubType is BsonBinarySubType.Binary or BsonBinarySubType.OldBinary ? binary.Bytes
#pragma warning restore CS0618
            : throw new FormatException($"Binary data of subtype {binary.SubType} is not just bytes{DescribePath()}.");
    }

    public override BsonBinaryData ReadBinaryData() => Take(nameof(ReadBinaryData), BsonType.Binary).AsBsonBinaryData;

    public override bool ReadBoolean() => Take(nameof(ReadBoolean), BsonType.Boolean).AsBoolean;

    public override long ReadDateTime() => Take(nameof(ReadDateTime), BsonType.DateTime).AsBsonDateTime.MillisecondsSinceEpoch;

    public override Decimal128 ReadDecimal128() => Take(nameof(ReadDecimal128), BsonType.Decimal128).AsDecimal128;

    public override double ReadDouble() => Take(nameof(ReadDouble), BsonType.Double).AsDouble;

    public override int ReadInt32() => Take(nameof(ReadInt32), BsonType.Int32).AsInt32;

    public override long ReadInt64() => Take(nameof(ReadInt64), BsonType.Int64).AsInt64;

    public override string ReadJavaScript() => Take(nameof(ReadJavaScript), BsonType.JavaScript).AsBsonJavaScript.Code;

    public override ObjectId ReadObjectId() => Take(nameof(ReadObjectId), BsonType.ObjectId).AsObjectId;

    public override BsonRegularExpression ReadRegularExpression() => Take(nameof(ReadRegularExpression), BsonType.RegularExpression).AsBsonRegularExpression;

    public override string ReadString() => Take(nameof(ReadString), BsonType.String).AsString;

    public override string ReadSymbol() => Take(nameof(ReadSymbol), BsonType.Symbol).AsBsonSymbol.Name;

    public override long ReadTimestamp() => Take(nameof(ReadTimestamp), BsonType.Timestamp).AsBsonTimestamp.Value;

    public override void ReadMaxKey() => Take(nameof(ReadMaxKey), BsonType.MaxKey);

    public override void ReadMinKey() => Take(nameof(ReadMinKey), BsonType.MinKey);

    public override void ReadNull() => Take(nameof(ReadNull), BsonType.Null);

    public override void ReadUndefined() => Take(nameof(ReadUndefined), BsonType.Undefined);

    public override void SkipValue()
    {
        if (State != BsonReaderState.Value)
        {
            ThrowInvalidState(nameof(SkipValue), BsonReaderState.Value);
        }
        switch (CurrentBsonType)
        {
            case BsonType.Array:
                ReadStartArray();
                while (ReadBsonType() != BsonType.EndOfDocument)
                {
                    SkipValue();
                }
                ReadEndArray();
                break;
            case BsonType.Document:
                SkipDocument();
                break;
            case BsonType.JavaScriptWithScope:
                ReadJavaScriptWithScope();
                SkipDocument();
                break;
            default:
                EndValue();
                break;
        }
    }

    private void SkipDocument()
    {
        ReadStartDocument();
        while (ReadBsonType() != BsonType.EndOfDocument)
        {
            SkipName();
            SkipValue();
        }
        ReadEndDocument();
    }

    private BsonValue Take(string methodName, BsonType type)
    {
        VerifyBsonType(methodName, type);
        EndValue();
        return _value;
    }
}
