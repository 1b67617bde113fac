namespace MongoDB.Bson.IO;

/// <summary>Reading of elements whose names are known.</summary>
public static class IBsonReaderExtensions
{
    /// <summary>Skips to the value of the first element of a name. False, at the end of the document, if there is none.</summary>
    public static bool FindElement(this IBsonReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            if (reader.ReadName() == name)
            {
                return true;
            }
            reader.SkipValue();
        }
        return false;
    }

    /// <summary>The text of the first element of a name if it is a string; otherwise null. The rest of the document is skipped.</summary>
    public static string FindStringElement(this IBsonReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        string found = null;
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            if (reader.ReadName() == name && reader.CurrentBsonType == BsonType.String && found == null)
            {
                found = reader.ReadString();
            }
            else
            {
                reader.SkipValue();
            }
        }
        return found;
    }

    public static string ReadName(this IBsonReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.ReadName(Utf8NameDecoder.Instance);
    }

    /// <summary>Reads a name that must come now.</summary>
    /// <exception cref="FormatException">Another one comes.</exception>
    public static void ReadName(this IBsonReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (reader.State == BsonReaderState.Type)
        {
            reader.ReadBsonType();
        }
        if (reader.State == BsonReaderState.EndOfDocument)
        {
            throw new FormatException($"The document ends where the element '{name}' should come.");
        }
        var actual = reader.ReadName();
        if (actual != name)
        {
            throw new FormatException($"The element '{name}' should come, not '{actual}'.");
        }
    }

    public static BsonBinaryData ReadBinaryData(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadBinaryData();
    }

    public static bool ReadBoolean(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadBoolean();
    }

    public static byte[] ReadBytes(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadBytes();
    }

    public static long ReadDateTime(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadDateTime();
    }

    public static Decimal128 ReadDecimal128(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadDecimal128();
    }

    public static double ReadDouble(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadDouble();
    }

    public static int ReadInt32(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadInt32();
    }

    public static long ReadInt64(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadInt64();
    }

    public static string ReadJavaScript(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadJavaScript();
    }

    public static string ReadJavaScriptWithScope(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadJavaScriptWithScope();
    }

    public static void ReadMaxKey(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        reader.ReadMaxKey();
    }

    public static void ReadMinKey(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        reader.ReadMinKey();
    }

    public static void ReadNull(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        reader.ReadNull();
    }

    public static ObjectId ReadObjectId(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadObjectId();
    }

    public static IByteBuffer ReadRawBsonArray(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadRawBsonArray();
    }

    public static IByteBuffer ReadRawBsonDocument(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadRawBsonDocument();
    }

    public static BsonRegularExpression ReadRegularExpression(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadRegularExpression();
    }

    public static string ReadString(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadString();
    }

    public static string ReadSymbol(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadSymbol();
    }

    public static long ReadTimestamp(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        return reader.ReadTimestamp();
    }

    public static void ReadUndefined(this IBsonReader reader, string name)
    {
        ReadName(reader, name);
        reader.ReadUndefined();
    }
}
