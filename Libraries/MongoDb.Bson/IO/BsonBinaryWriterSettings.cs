using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>Settings of <see cref="BsonBinaryWriter"/>.</summary>
public class BsonBinaryWriterSettings : BsonWriterSettings
{
    private UTF8Encoding _encoding = Utf8Encodings.Strict;
    private bool _fixOldBinarySubTypeOnOutput = true;
    private int _maxDocumentSize = BsonDefaults.MaxDocumentSize;

    public UTF8Encoding Encoding
    {
        get => _encoding;
        set => Change(ref _encoding, value);
    }

    /// <summary>Writes subtype 2 as subtype 0.</summary>
    public bool FixOldBinarySubTypeOnOutput
    {
        get => _fixOldBinarySubTypeOnOutput;
        set => Change(ref _fixOldBinarySubTypeOnOutput, value);
    }

    /// <summary>Bytes.</summary>
    public int MaxDocumentSize
    {
        get => _maxDocumentSize;
        set => Change(ref _maxDocumentSize, value);
    }

    public static BsonBinaryWriterSettings Defaults { get; set; } = new();

    public new BsonBinaryWriterSettings Clone() => (BsonBinaryWriterSettings)CloneImplementation();

    protected override BsonWriterSettings CloneImplementation() => (BsonWriterSettings)MemberwiseClone();
}
