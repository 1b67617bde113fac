using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>Settings of <see cref="BsonBinaryReader"/>.</summary>
public class BsonBinaryReaderSettings : BsonReaderSettings
{
    private UTF8Encoding _encoding = Utf8Encodings.Strict;
    private bool _fixOldBinarySubTypeOnInput = true;
    private bool _fixOldDateTimeMaxValueOnInput = true;
    private int _maxDocumentSize = BsonDefaults.MaxDocumentSize;

    public UTF8Encoding Encoding
    {
        get => _encoding;
        set => Change(ref _encoding, value);
    }

    /// <summary>Reads subtype 2 as subtype 0.</summary>
    public bool FixOldBinarySubTypeOnInput
    {
        get => _fixOldBinarySubTypeOnInput;
        set => Change(ref _fixOldBinarySubTypeOnInput, value);
    }

    /// <summary>Reads a moment one millisecond after the largest DateTime, which old drivers wrote, as the largest DateTime.</summary>
    public bool FixOldDateTimeMaxValueOnInput
    {
        get => _fixOldDateTimeMaxValueOnInput;
        set => Change(ref _fixOldDateTimeMaxValueOnInput, value);
    }

    /// <summary>Bytes.</summary>
    public int MaxDocumentSize
    {
        get => _maxDocumentSize;
        set => Change(ref _maxDocumentSize, value);
    }

    public static BsonBinaryReaderSettings Defaults { get; set; } = new();

    public new BsonBinaryReaderSettings Clone() => (BsonBinaryReaderSettings)CloneImplementation();

    protected override BsonReaderSettings CloneImplementation() => (BsonReaderSettings)MemberwiseClone();
}
